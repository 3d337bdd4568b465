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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mariadb.jdbc.MariaDbDataSource;
import snaq.db.SomePool;

/** A server that takes one connection; the hook is called here as woven code calls it. */
class TooManyConnectionsTest {

    private static final String URL = "jdbc:mariadb://narrow/orders";

    /** No class here can be changed. */
    private static final ClassWeaver NOTHING_WOVEN = (type, parts) -> false;

    private final Narrow server = new Narrow();
    private final Woven driver = new Woven();

    @BeforeEach
    void open() throws Exception {
        Class.forName("dev.poolwright.gate.Gate")
                .getMethod("open", Settings.class, GateLog.class, ClassWeaver.class, Runnable.class)
                .invoke(null, Settings.forLibrary(new Properties(), Map.of()), new Silent(), NOTHING_WOVEN, (Runnable)
                        () -> {});
    }

    @AfterEach
    void uninstall() throws Exception {
        hook("install", (Object) null);
    }

    /** How somebody comes to a connection with a property of its own. */
    enum Way {
        DRIVER_MANAGER {
            @Override
            Connection connect(TooManyConnectionsTest test, String name) throws Exception {
                return test.throughDriverManager(test.server, name);
            }
        },
        DRIVER {
            @Override
            Connection connect(TooManyConnectionsTest test, String name) throws Exception {
                return test.driver.connect(URL, info(name));
            }
        },
        DRIVER_MANAGER_AND_DRIVER {
            @Override
            Connection connect(TooManyConnectionsTest test, String name) throws Exception {
                return test.throughDriverManager(test.driver, name);
            }
        },
        DATA_SOURCE {
            @Override
            Connection connect(TooManyConnectionsTest test, String name) throws Exception {
                MariaDbDataSource source = new MariaDbDataSource(URL + "?connectionAttributes=" + name);
                Object verdict =
                        hook("enterDataSource", source, source.getClass().getName(), null, null, false);
                return woven(
                        verdict,
                        () -> test.server.connect(URL, null),
                        raw -> (Connection) hook("exitDataSource", raw, source),
                        (failure, earlier) -> hook("failDataSource", failure, earlier, source));
            }
        };

        abstract Connection connect(TooManyConnectionsTest test, String name) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void is_given_room_by_what_another_key_has_idle(Way way) throws Exception {
        way.connect(this, "a").close();
        try (Connection b = way.connect(this, "b")) {
            assertThat(b).isInstanceOf(ConnectionHandle.class);
        }
        way.connect(this, "b").close();
        way.connect(this, "a").close();
        assertThat(server.refusals).hasSize(2);
        assertThat(server.opened).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void is_asked_once_where_nothing_is_idle(Way way) throws Exception {
        try (Connection held = way.connect(this, "a")) {
            assertThatThrownBy(() -> way.connect(this, "b")).isSameAs(server.refusals.get(0));
            assertThat(held.isValid(1)).isTrue();
        }
        assertThat(server.refusals).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void is_asked_twice_at_the_most_and_its_first_answer_counts(Way way) throws Exception {
        way.connect(this, "a").close();
        server.isTaken = true; // by somebody who was quicker
        Throwable thrown = null;
        try {
            way.connect(this, "b");
        } catch (SQLException refused) {
            thrown = refused;
        }
        assertThat(server.refusals).hasSize(2);
        assertThat(thrown).isSameAs(server.refusals.get(0)).hasNoSuppressedExceptions();

        server.isTaken = false;
        assertThatThrownBy(() -> {
                    try (Connection held = way.connect(this, "a")) {
                        assertThat(held).isInstanceOf(ConnectionHandle.class);
                        way.connect(this, "b");
                    }
                })
                .isSameAs(server.refusals.get(2)); // nothing was remembered
    }

    @Test
    void is_given_room_for_a_pool_by_what_others_have_idle() throws Exception {
        driver.connect(URL, info("a")).close();
        Class.forName("dev.poolwright.gate.Gate")
                .getMethod("sawHandOut", String.class)
                .invoke(null, "snaq.db.DBPoolDataSource");

        try (Connection raw = SomePool.take(() -> driver.connect(URL, info("b")))) {
            assertThat(raw).isNotInstanceOf(ConnectionHandle.class);
        }
        assertThat(server.refusals).hasSize(1);
    }

    private static Properties info(String name) {
        Properties info = new Properties();
        info.setProperty("connectionAttributes", name);
        return info;
    }

    /** H2 in memory behind another database's URL. */
    private static final class Narrow extends org.h2.Driver {

        private final List<SQLException> refusals = new ArrayList<>();
        private Connection only;
        private boolean isTaken;
        private int opened;

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            if (isTaken || (only != null && !only.isClosed())) {
                refusals.add(new SQLException("Too many connections", "08004", 1040));
                throw refusals.get(refusals.size() - 1);
            }
            opened++;
            only = super.connect("jdbc:h2:mem:", new Properties());
            return only;
        }
    }

    /** The same, as if woven. */
    private final class Woven extends org.h2.Driver {

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            try {
                Object verdict = hook("enterDriver", this, Woven.class.getName(), url, info);
                return woven(
                        verdict,
                        () -> server.connect(url, info),
                        raw -> (Connection) hook("exitDriver", raw, this),
                        (failure, earlier) -> hook("failDriver", failure, earlier, this, url));
            } catch (SQLException refused) {
                throw refused;
            } catch (Exception unexpected) {
                throw new AssertionError(unexpected);
            }
        }
    }

    private interface NormalExit {
        Connection leave(Connection raw) throws Exception;
    }

    private interface ExceptionalExit {
        Object leave(Throwable failure, Throwable earlier) throws Exception;
    }

    /** What the weaving makes of a body. */
    private static Connection woven(
            Object verdict, Callable<Connection> body, NormalExit normal, ExceptionalExit exceptional)
            throws Exception {
        if (verdict != null) {
            return (Connection) verdict;
        }
        Connection raw = null;
        Throwable earlier = null;
        while (raw == null) {
            try {
                raw = body.call();
            } catch (SQLException refused) {
                Object thrown = exceptional.leave(refused, earlier);
                if (thrown != null) {
                    throw (SQLException) thrown;
                }
                earlier = refused;
            }
        }
        return normal.leave(raw);
    }

    private Connection throughDriverManager(org.h2.Driver asked, String name) throws Exception {
        Object verdict = hook("enterDriverManager", URL, info(name), TooManyConnectionsTest.class);
        if (verdict != null) {
            return (Connection) verdict;
        }
        try {
            return (Connection) hook("connect", asked, URL, info(name));
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
