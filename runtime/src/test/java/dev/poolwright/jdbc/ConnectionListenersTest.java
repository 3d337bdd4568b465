package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import dev.poolwright.event.ConnectionListener;
import dev.poolwright.event.ConnectionRejectedException;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Those who are shown the connections of an engine. */
class ConnectionListenersTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> locks = new CopyOnWriteArrayList<>();
    private final Map<String, Throwable> failing = new ConcurrentHashMap<>();

    /** Hears all, fails where it is told to. */
    private final ConnectionListener listener = (ConnectionListener) Proxy.newProxyInstance(
            ConnectionListener.class.getClassLoader(), new Class<?>[] {ConnectionListener.class}, (self, method, a) -> {
                lookForLocks();
                heard.add(method.getName() + (a[0] == null ? " null" : ""));
                Throwable failure = failing.get(method.getName());
                if (failure != null) {
                    throw failure;
                }
                return null;
            });

    private final String url = "jdbc:h2:mem:shown" + System.identityHashCode(this) + ";DB_CLOSE_DELAY=-1";
    private final Engine engine = Engine.builder(url)
            .size(1)
            .overflow(0)
            .checkoutTimeout(Duration.ofSeconds(20))
            .connectionListener(listener)
            .build();

    private void lookForLocks() {
        long me = Thread.currentThread().getId();
        for (MonitorInfo monitor : ManagementFactory.getThreadMXBean()
                .getThreadInfo(new long[] {me}, true, true)[0]
                .getLockedMonitors()) {
            if (monitor.getLockedStackFrame().getClassName().startsWith("dev.poolwright.")) {
                locks.add(monitor.getLockedStackFrame().toString());
            }
        }
    }

    @AfterEach
    void close() {
        failing.clear();
        engine.close();
        assertThat(engine.stats().leased()).isZero();
        assertThat(engine.stats().opened()).isEqualTo(engine.stats().closed());
        assertThat(locks).isEmpty();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void borrow() throws SQLException {
        try (Connection connection = engine.getConnection()) {
            run(connection, "select 1");
        }
    }

    @Test
    void are_called_in_order_and_for_the_first_connection_once() throws SQLException {
        assertThat(heard).isEmpty();
        borrow();
        borrow();
        engine.dispose();
        borrow();
        engine.close();
        assertThat(heard)
                .containsExactly(
                        "firstConnect",
                        "connect",
                        "checkout",
                        "reset",
                        "checkin",
                        "checkout",
                        "reset",
                        "checkin",
                        "close",
                        "connect",
                        "checkout",
                        "reset",
                        "checkin",
                        "close");
        assertThat(engine.accidents()).isZero();
    }

    @Test
    void see_a_connection_that_nobody_used_come_back_too() throws SQLException {
        engine.getConnection().close();
        assertThat(heard).containsExactly("firstConnect", "connect", "checkout", "reset", "checkin");
    }

    @Test
    void of_a_connection_that_is_never_lent_again_have_nothing_to_reset() throws SQLException {
        try (Engine none =
                Engine.builder(url).withoutPool().connectionListener(listener).build()) {
            none.getConnection().close();
        }
        assertThat(heard).containsExactly("firstConnect", "connect", "checkout", "checkin null", "close");
    }

    @Test
    void that_reject_have_the_next_one_tried_and_three_are_enough() throws SQLException {
        failing.put("checkout", new ConnectionRejectedException("too far behind"));
        assertThatThrownBy(this::borrow)
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("rejected 3 connections")
                .hasMessageContaining("too far behind")
                .hasMessageContaining("PW-107")
                .hasFieldOrPropertyWithValue("SQLState", "08001");
        assertThat(engine.stats().opened()).isEqualTo(3);
        assertThat(engine.stats().closed()).isEqualTo(3);
        assertThat(heard.subList(1, 6)).containsExactly("connect", "checkout", "invalidate", "checkin null", "close");
        failing.clear();
        borrow();
        assertThat(engine.stats().idle()).isEqualTo(1);
    }

    @Test
    void that_fail_before_a_connection_is_lent_fail_the_borrower_and_keep_no_place() throws SQLException {
        for (String event : new String[] {"firstConnect", "connect", "checkout"}) {
            for (Throwable thrown : new Throwable[] {
                new SQLException("x"),
                new IllegalStateException("x"),
                event.equals("checkout") ? new SQLException("y") : new ConnectionRejectedException("not yet lent")
            }) {
                failing.put(event, thrown);
                assertThatThrownBy(this::borrow)
                        .as(event)
                        .isInstanceOf(SQLNonTransientConnectionException.class)
                        .hasMessageContaining("failed in " + event)
                        .hasMessageContaining("PW-108")
                        .hasFieldOrPropertyWithValue("SQLState", "08001")
                        .hasCause(thrown);
                failing.clear();
                assertThat(engine.stats().leased()).isZero();
            }
        }
        borrow();
    }

    @Test
    void that_close_a_connection_and_reject_it_have_the_next_one_tried() throws SQLException {
        List<Connection> closed = new ArrayList<>();
        try (Engine other = Engine.builder(url)
                .connectionListener(new ConnectionListener() {
                    @Override
                    public void checkout(Connection connection) throws SQLException {
                        if (closed.isEmpty()) {
                            closed.add(connection);
                            connection.close();
                            throw new ConnectionRejectedException("not this one");
                        }
                    }
                })
                .build()) {
            other.getConnection().close();
            assertThat(closed).hasSize(1);
            assertThat(other.stats().leased()).isZero();
        }
    }

    @Test
    void that_set_something_in_a_transaction_set_it_for_good() throws SQLException {
        try (Engine other = Engine.builder(url)
                .size(1)
                .overflow(0)
                .connectionListener(new ConnectionListener() {
                    @Override
                    public void connect(Connection raw) throws SQLException {
                        raw.setAutoCommit(false);
                        run(raw, "create table if not exists set_up(x int)");
                        run(raw, "insert into set_up values (1)");
                    }
                })
                .build()) {
            for (int borrow = 0; borrow < 2; borrow++) {
                try (Connection connection = other.getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select count(*) from set_up")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(1);
                    connection.rollback();
                }
            }
        }
    }

    @Test
    void that_fail_when_a_connection_comes_back_have_it_closed_and_nobody_hears() throws SQLException {
        failing.put("reset", new IllegalStateException("x"));
        borrow();
        assertThat(heard).endsWith("reset", "checkin null", "close");
        assertThat(engine.stats().closed()).isEqualTo(1);
        assertThat(engine.accidents()).isEqualTo(1);
    }

    @Test
    void that_fail_elsewhere_change_nothing() throws SQLException {
        for (String event : new String[] {"checkin", "invalidate", "softInvalidate", "close", "detach"}) {
            failing.put(event, new StackOverflowError("x"));
        }
        borrow();
        assertThat(engine.stats().idle()).isEqualTo(1);
        engine.softInvalidate();
        Connection lent = engine.getConnection();
        lent.unwrap(EngineConnection.class).invalidate(null);
        Connection own = engine.getConnection().unwrap(EngineConnection.class).detach();
        assertThat(own.isValid(1)).isTrue();
        own.close();
        borrow();
        assertThat(engine.accidents())
                .isEqualTo(heard.stream()
                        .filter(each -> failing.containsKey(each.replace(" null", "")))
                        .count());
    }

    @Test
    void of_a_detached_connection_hear_that_it_left_and_no_more() throws SQLException {
        Connection own = engine.getConnection().unwrap(EngineConnection.class).detach();
        own.close();
        engine.close();
        assertThat(heard).containsExactly("firstConnect", "connect", "checkout", "detach");
    }

    @Test
    void of_an_invalid_connection_hear_before_it_is_closed_and_its_place_is_free() throws SQLException {
        Connection lent = engine.getConnection();
        lent.setAutoCommit(false);
        run(lent, "create local temporary table t (id int)");
        lent.unwrap(EngineConnection.class).invalidate(new IllegalStateException("stale"));
        assertThat(heard).endsWith("checkout", "invalidate", "checkin null", "close");
        assertThat(lent.isClosed()).isTrue();
        assertThat(engine.stats().leased()).isZero();
        lent.close();
        borrow();
    }

    @Test
    void of_a_softly_invalid_one_hear_at_once_while_it_works_on() throws SQLException {
        Connection lent = engine.getConnection();
        lent.unwrap(EngineConnection.class).softInvalidate();
        assertThat(heard).endsWith("checkout", "softInvalidate");
        run(lent, "select 1");
        lent.close();
        assertThat(heard).endsWith("softInvalidate", "checkin null", "close");
    }

    @Test
    void all_softly_invalid_are_replaced_when_lent_next_or_when_they_come_back() throws SQLException {
        engine.resize(2, 0);
        Connection lent = engine.getConnection();
        engine.getConnection().close();
        heard.clear();
        engine.softInvalidate();
        assertThat(heard).containsExactly("softInvalidate null");
        assertThat(engine.stats().closed()).isZero();
        run(lent, "select 1");
        lent.close();
        assertThat(engine.stats().closed()).isEqualTo(1);
        borrow();
        assertThat(engine.stats().opened()).isEqualTo(3);
        assertThat(engine.stats().closed()).isEqualTo(2);
    }

    @Test
    void of_a_connection_found_dead_hear_with_what_showed_it() throws SQLException {
        FakeDriver driver = FakeDriver.register("shown");
        List<Throwable> causes = new ArrayList<>();
        try (Engine engine = Engine.builder(driver.url())
                .connectionListener(new ConnectionListener() {
                    @Override
                    public void invalidate(Connection raw, Throwable cause) {
                        causes.add(cause);
                    }
                })
                .build()) {
            Connection lent = engine.getConnection();
            driver.failOn("getSchema", "08006");
            assertThatThrownBy(lent::getSchema).isInstanceOf(SQLException.class);
            driver.recovers();
            lent.close();
            assertThat(causes).hasSize(1);
            assertThat(causes.get(0)).hasFieldOrPropertyWithValue("SQLState", "08006");
        } finally {
            driver.deregister();
        }
    }

    /** What is set at connect is how a new one is; what is set at check-out is the borrower's. */
    @Test
    void may_set_up_each_connection_for_good_and_for_a_borrow() throws SQLException {
        ConnectionListener sets = new ConnectionListener() {
            @Override
            public void connect(Connection raw) throws SQLException {
                raw.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                raw.setAutoCommit(false);
            }

            @Override
            public void checkout(Connection connection) throws SQLException {
                assertThat(connection.getSchema()).isEqualTo("PUBLIC");
                connection.setSchema("INFORMATION_SCHEMA");
            }

            @Override
            public void reset(Connection raw) throws SQLException {
                raw.setAutoCommit(false);
                run(raw, "insert into public.left_over values (1)"); // rolled back with the borrower's
            }
        };
        try (Connection connection = engine.getConnection()) {
            run(connection, "create table left_over (id int)");
        }
        try (Engine set = Engine.builder(url).size(1).connectionListener(sets).build()) {
            for (int i = 0; i < 3; i++) {
                try (Connection connection = set.getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select count(*) from public.left_over")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isZero();
                    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                    assertThat(connection.getAutoCommit()).isFalse();
                    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                }
            }
            assertThat(set.stats().opened()).isEqualTo(1);
        }
    }

    @Test
    void are_those_of_other_credentials_as_well() throws SQLException {
        try (Connection connection = engine.getConnection()) {
            run(connection, "create user other password 'x' admin");
        }
        heard.clear();
        engine.getConnection("other", "x").close();
        assertThat(heard).containsExactly("firstConnect", "connect", "checkout", "reset", "checkin");
    }
}
