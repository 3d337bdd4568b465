package dev.poolwright.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Settings;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gate serves; the hook is called here as woven code calls it. */
class GateTest {

    private static final String URL = "jdbc:h2:mem:gate;DB_CLOSE_DELAY=-1";

    private final List<String> warnings = new ArrayList<>();
    private final ClassLoader context = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void open() throws Exception {
        // By name: test code cannot be compiled against a class whose superclass is in java.sql.
        Class.forName("dev.poolwright.gate.Gate")
                .getMethod("open", Settings.class, GateLog.class)
                .invoke(null, Settings.forLibrary(new Properties(), Map.of()), new Log());
    }

    @AfterEach
    void uninstall() throws Exception {
        Thread.currentThread().setContextClassLoader(context);
        hook("install", (Object) null);
        assertThat(warnings).isEmpty();
    }

    @Test
    void lends_a_caller_what_it_gave_back() throws Exception {
        getConnection(GateTest.class).close();
        assertThat(idleFor(GateTest.class)).isNotNull();
    }

    @Test
    void serves_native_code_which_has_no_class() throws Exception {
        getConnection((Class<?>) null).close();
        assertThat(idleFor(null)).isNotNull();
    }

    @Test
    void tells_applications_apart_that_call_through_the_jdk() throws Exception {
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0]));
        getConnection(Object.class).close();
        assertThat(idleFor(Object.class)).isNotNull();

        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0]));
        assertThat(idleFor(Object.class)).isNull();
    }

    @Test
    void lends_a_data_source_what_it_gave_back() throws Exception {
        DataSource source = configured();
        getConnection(source).close();
        assertThat(hook("enterDataSource", source, JdbcDataSource.class.getName(), null, null, false))
                .isNotNull();
    }

    private static DataSource configured() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(URL);
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    private static Connection getConnection(DataSource source) throws Exception {
        assertThat(hook("enterDataSource", source, JdbcDataSource.class.getName(), null, null, false))
                .isNull();
        return (Connection) hook("exitDataSource", source.getConnection(), source);
    }

    private static Connection getConnection(Class<?> caller) throws Exception {
        assertThat(hook("enterDriverManager", URL, credentials(), caller)).isNull();
        Driver driver = new org.h2.Driver();
        Connection connection = (Connection) hook("connect", driver, URL, credentials());
        hook("leaveDriverManager");
        return connection;
    }

    private static Object idleFor(Class<?> caller) throws Exception {
        Object idle = hook("enterDriverManager", URL, credentials(), caller);
        if (idle == null) {
            hook("leaveDriverManager");
        } else {
            ((Connection) idle).close();
        }
        return idle;
    }

    private static Properties credentials() {
        Properties properties = new Properties();
        properties.put("user", "sa");
        properties.put("password", "");
        return properties;
    }

    private static Object hook(String name, Object... arguments) throws Exception {
        for (Method method : Class.forName("java.sql.PoolwrightHook").getMethods()) {
            if (method.getName().equals(name)) {
                return method.invoke(null, arguments);
            }
        }
        throw new NoSuchMethodException(name);
    }

    private final class Log implements GateLog {

        @Override
        public void warn(String fact) {
            warnings.add(fact);
        }

        @Override
        public void warn(String fact, Throwable cause) {
            warnings.add(fact + ": " + cause);
        }

        @Override
        public void show(String line) {}

        @Override
        public void info(String fact) {}
    }
}
