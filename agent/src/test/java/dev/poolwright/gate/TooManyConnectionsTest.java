package dev.poolwright.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.config.Settings;
import dev.poolwright.gate.observe.ClassWeaver;
import dev.poolwright.jdbc.ConnectionHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that takes one connection; the hook is called here as woven code calls it. */
class TooManyConnectionsTest {

    private static final String URL = "jdbc:mysql://narrow/orders";

    /** No class here can be changed. */
    private static final ClassWeaver NOTHING_WOVEN = (type, parts) -> false;

    private final Narrow server = new Narrow();

    @BeforeEach
    void open() throws Exception {
        Class.forName("dev.poolwright.gate.Gate")
                .getMethod("open", Settings.class, GateLog.class, ClassWeaver.class)
                .invoke(null, Settings.forLibrary(new Properties(), Map.of()), new Silent(), NOTHING_WOVEN);
    }

    @AfterEach
    void uninstall() throws Exception {
        hook("install", (Object) null);
    }

    @Test
    void is_given_room_by_what_another_key_has_idle() throws Exception {
        connect("a").close();
        try (Connection b = connect("b")) {
            assertThat(b).isInstanceOf(ConnectionHandle.class);
        }
        connect("b").close();
        connect("a").close();
        assertThat(server.refused).isEqualTo(2);
        assertThat(server.opened).isEqualTo(3);
    }

    @Test
    void is_asked_once_where_nothing_is_idle() throws Exception {
        try (Connection held = connect("a")) {
            assertThatThrownBy(() -> connect("b"))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("Too many connections");
            assertThat(held.isValid(1)).isTrue();
        }
        assertThat(server.refused).isEqualTo(1);
    }

    /** H2 in memory behind another database's URL. */
    private static final class Narrow extends org.h2.Driver {

        private Connection only;
        private int refused;
        private int opened;

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            if (only != null && !only.isClosed()) {
                refused++;
                throw new SQLException("Too many connections", "08004", 1040);
            }
            opened++;
            only = super.connect("jdbc:h2:mem:", new Properties());
            return only;
        }
    }

    private Connection connect(String name) throws Exception {
        Properties info = new Properties();
        info.setProperty("connectionAttributes", name);
        Object verdict = hook("enterDriverManager", URL, info, TooManyConnectionsTest.class);
        if (verdict != null) {
            return (Connection) verdict;
        }
        try {
            return (Connection) hook("connect", server, URL, info);
        } finally {
            hook("leaveDriverManager");
        }
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

    private static final class Silent implements GateLog {

        @Override
        public void warn(String fact) {}

        @Override
        public void warn(String fact, Throwable cause) {}

        @Override
        public void show(String line) {}

        @Override
        public void info(String fact) {}
    }
}
