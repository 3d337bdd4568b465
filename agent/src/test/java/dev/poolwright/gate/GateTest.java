package dev.poolwright.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.config.Settings;
import dev.poolwright.gate.observe.ClassWeaver;
import dev.poolwright.jdbc.ConnectionHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import snaq.db.SomePool;

/** What the gate serves; the hook is called here as woven code calls it. */
class GateTest {

    private static final String URL = "jdbc:h2:mem:gate;DB_CLOSE_DELAY=-1";

    /** No class here can be changed. */
    private static final ClassWeaver NOTHING_WOVEN = (type, parts) -> false;

    private final List<String> warnings = new ArrayList<>();
    private final ClassLoader context = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void open() throws Exception {
        // By name: test code cannot be compiled against a class whose superclass is in java.sql.
        Class.forName("dev.poolwright.gate.Gate")
                .getMethod("open", Settings.class, GateLog.class, ClassWeaver.class, Runnable.class)
                .invoke(null, Settings.forLibrary(new Properties(), Map.of()), new Log(), NOTHING_WOVEN, (Runnable)
                        () -> {});
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

    @Test
    void gives_a_pool_the_data_sources_own_though_one_is_idle() throws Exception {
        DataSource source = configured();
        getConnection(source).close();
        gate().getMethod("sawHandOut", String.class).invoke(null, "snaq.db.DBPoolDataSource");

        assertThat(SomePool.<Object>take(() -> enter(source, JdbcDataSource.class)))
                .isNull();
        hook("exitDataSource", null, source);
        assertThat(enter(source, JdbcDataSource.class)).isInstanceOf(Connection.class);
    }

    @Test
    void lends_a_driver_that_is_asked_directly_what_it_gave_back() throws Exception {
        Driver driver = new WovenDriver();
        Connection first = driver.connect(URL, credentials());
        assertThat(first).isInstanceOf(ConnectionHandle.class);
        Object session = session(first);
        first.close();

        try (Connection second = driver.connect(URL, credentials())) {
            assertThat(session(second)).isEqualTo(session);
        }
        Properties another = credentials();
        another.setProperty("IGNORE_UNKNOWN_SETTINGS", "true");
        try (Connection third = driver.connect(URL, another)) {
            assertThat(session(third)).isNotEqualTo(session);
        }
    }

    @Test
    void lets_a_driver_refuse_and_fail() throws Exception {
        Driver driver = new WovenDriver();
        assertThat(driver.connect("jdbc:nobody:knows", null)).isNull();
        Properties wrong = credentials();
        wrong.setProperty("password", "wrong");
        driver.connect(URL, credentials()).close();
        assertThatThrownBy(() -> driver.connect(URL, wrong)).hasMessageContaining("Wrong user name or password");
    }

    @Test
    void wraps_once_what_a_driver_opens_for_driver_manager() throws Exception {
        Driver driver = new WovenDriver();
        try (Connection connection = throughDriverManager(driver)) {
            assertThat(connection).isInstanceOf(ConnectionHandle.class);
            assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
        }
        assertThat(idleFor(GateTest.class)).isNotNull();
        assertThat(hook("enterDriver", driver, "org.h2.Driver", URL, credentials()))
                .isNull();
        hook("exitDriver", null, driver);
    }

    @Test
    void runs_a_wrapper_each_time_and_serves_the_driver_inside() throws Exception {
        Wrapper wrapper = new Wrapper(new WovenDriver());
        List<Object> sessions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Connection connection = throughDriverManager(wrapper)) {
                assertThat(Proxy.isProxyClass(connection.getClass())).isTrue();
                sessions.add(session(connection));
            }
        }
        assertThat(wrapper.runs).isEqualTo(3);
        assertThat(sessions.get(1)).isEqualTo(sessions.get(0)).isEqualTo(sessions.get(2));
    }

    @Test
    void runs_a_subclass_of_a_driver_each_time_and_serves_what_it_asks() throws Exception {
        List<Object> schemas = new ArrayList<>();
        Driver derived = new WovenDriver() {
            @Override
            public Connection connect(String url, Properties info) throws SQLException {
                return woven(this, getClass(), url, info, () -> {
                    Connection connection = super.connect(url, info);
                    connection.setSchema("INFORMATION_SCHEMA");
                    return connection;
                });
            }
        };
        for (int i = 0; i < 3; i++) {
            try (Connection connection = i == 1 ? throughDriverManager(derived) : derived.connect(URL, credentials())) {
                assertThat(connection).isInstanceOf(ConnectionHandle.class);
                schemas.add(connection.getSchema());
            }
        }
        assertThat(schemas).containsOnly("INFORMATION_SCHEMA").hasSize(3);
    }

    @Test
    void gives_a_pool_the_drivers_own_though_one_is_idle() throws Exception {
        Driver driver = new WovenDriver();
        driver.connect(URL, credentials()).close();
        gate().getMethod("sawHandOut", String.class).invoke(null, "snaq.db.DBPoolDataSource");

        try (Connection raw = SomePool.take(() -> driver.connect(URL, credentials()))) {
            assertThat(raw).isNotInstanceOf(ConnectionHandle.class);
        }
    }

    private static Object session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select session_id()")) {
            rows.next();
            return rows.getObject(1);
        }
    }

    /** What DriverManager does when it asks this driver. */
    private static Connection throughDriverManager(Driver driver) throws Exception {
        Object verdict = hook("enterDriverManager", URL, credentials(), GateTest.class);
        if (verdict != null) {
            return (Connection) verdict;
        }
        try {
            return (Connection) hook("connect", driver, URL, credentials());
        } finally {
            hook("leaveDriverManager");
        }
    }

    /** What the weaving makes of a driver's method. */
    private static Connection woven(
            Driver self, Class<?> declaring, String url, Properties info, Callable<Connection> body)
            throws SQLException {
        try {
            Object verdict = hook("enterDriver", self, declaring.getName(), url, info);
            if (verdict != null) {
                return (Connection) verdict;
            }
            Connection raw;
            try {
                raw = body.call();
            } catch (SQLException refused) {
                throw (SQLException) hook("failDriver", refused, null, self, url);
            }
            return (Connection) hook("exitDriver", raw, self);
        } catch (SQLException refused) {
            throw refused;
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /** H2's, as if woven. */
    private static class WovenDriver extends org.h2.Driver {

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            return woven(this, org.h2.Driver.class, url, info, () -> super.connect(url, info));
        }
    }

    /** Accepts the URLs of another driver, as if woven, and hands out connections of its own making. */
    private static final class Wrapper implements Driver {

        private final Driver wrapped;
        private int runs;

        Wrapper(Driver wrapped) {
            this.wrapped = wrapped;
        }

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            return woven(this, Wrapper.class, url, info, () -> {
                runs++;
                Connection inner = wrapped.connect(url, info);
                return (Connection) Proxy.newProxyInstance(
                        Wrapper.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> method.invoke(inner, arguments));
            });
        }

        @Override
        public boolean acceptsURL(String url) throws SQLException {
            return wrapped.acceptsURL(url);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    private static Class<?> gate() throws ClassNotFoundException {
        return Class.forName("dev.poolwright.gate.Gate");
    }

    private static Object enter(DataSource source, Class<?> declaring) throws Exception {
        return hook("enterDataSource", source, declaring.getName(), null, null, false);
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
                try {
                    return method.invoke(null, arguments);
                } catch (InvocationTargetException thrown) {
                    if (thrown.getCause() instanceof SQLException refused) {
                        throw refused;
                    }
                    throw thrown;
                }
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
