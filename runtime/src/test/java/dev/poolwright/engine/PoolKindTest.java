package dev.poolwright.engine;

import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.StockDao;
import dev.poolwright.config.PoolKind;
import dev.poolwright.config.PoolOrder;
import dev.poolwright.config.Reset;
import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Pooling;
import dev.poolwright.event.NestedCheckout;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.NullPool;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.queue.QueuePool;
import dev.poolwright.pool.single.AssertionPool;
import dev.poolwright.pool.single.StaticPool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an engine keeps its connections, where somebody has chosen. */
@Timeout(60)
class PoolKindTest {

    /** Lives as long as its connections. */
    private static final String URL = "jdbc:h2:mem:kinds";

    @Test
    void static_keeps_a_database_that_lives_as_long_as_its_connection() throws Exception {
        try (Engine engine = Engine.builder(URL).kind(PoolKind.STATIC).build()) {
            run(engine, "create table t (n int)");
            run(engine, "insert into t values (1)");
            assertThat(count(engine)).isEqualTo(1);
            assertThat(engine.stats().opened()).isEqualTo(1);
        }
    }

    @Test
    void static_keeps_it_where_a_closed_connection_is_used_and_the_driver_is_to_say_so() throws Exception {
        try (Engine engine = Engine.builder(URL).kind(PoolKind.STATIC).build()) {
            run(engine, "create table t (n int)");
            Connection closed = engine.getConnection();
            closed.close();
            assertThatThrownBy(closed::createStatement).isInstanceOf(SQLException.class);
            assertThat(count(engine)).isZero();
        }
    }

    @Test
    void with_static_nobody_ends_the_transaction_of_another() throws Exception {
        try (Engine engine = Engine.builder(URL).kind(PoolKind.STATIC).build()) {
            run(engine, "create table t (n int)");
            Connection mine = engine.getConnection();
            mine.setAutoCommit(false);
            mine.createStatement().execute("insert into t values (1)");
            Fixture.Running<Integer> other = async(() -> count(engine));
            awaitWaiters(engine.pool(), 1, other);

            mine.commit();
            mine.close();

            assertThat(other.get()).isEqualTo(1);
        }
    }

    @Test
    void with_static_a_thread_that_asks_again_is_reported_and_told_by_its_time_out() throws Exception {
        List<NestedCheckout> reported = new CopyOnWriteArrayList<>();
        try (Engine engine = Engine.builder(URL)
                        .kind(PoolKind.STATIC)
                        .traceLeaks(true)
                        .checkoutTimeout(Duration.ofMillis(50))
                        .nestings(reported::add)
                        .build();
                Connection first = StockDao.open(engine)) {
            assertThatThrownBy(engine::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("This thread has one already, acquired at com.acme.StockDao.open(")
                    .hasMessageContaining("PW-101");
            assertThat(first.isClosed()).isFalse();
        }
        assertThat(reported)
                .singleElement()
                .satisfies(nested -> assertThat(nested.beyondCap()).isFalse());
    }

    @Test
    void assertion_refuses_a_second_connection_and_names_the_line_of_the_first() throws Exception {
        try (Engine engine = Engine.builder(URL).kind(PoolKind.ASSERTION).build()) {
            try (Connection first = StockDao.open(engine)) {
                assertThatThrownBy(engine::getConnection)
                        .isInstanceOfSatisfying(
                                SQLNonTransientConnectionException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("08001"))
                        .hasMessageContaining("acquired at com.acme.StockDao.open(StockDao.java:")
                        .hasMessageContaining(
                                "by thread " + Thread.currentThread().getName())
                        .hasMessageEndingWith("[PW-105]");
                assertThat(first.isClosed()).isFalse();
            }
            engine.getConnection().close();
            assertThat(engine.stats().opened()).isEqualTo(1);
        }
    }

    @Test
    void null_opens_each_time() throws Exception {
        try (Engine engine = Engine.builder(URL).kind(PoolKind.NULL).build()) {
            engine.getConnection().close();
            engine.getConnection().close();
            assertThat(engine.stats().opened()).isEqualTo(2);
            assertThat(engine.pool()).isInstanceOf(NullPool.class);
        }
    }

    @Test
    void null_has_no_size_and_cannot_be_suspended_but_disposed_of_for_nothing() throws Exception {
        try (Engine engine = Engine.builder(URL).kind(PoolKind.NULL).build();
                Connection lent = engine.getConnection()) {
            assertThatThrownBy(() -> engine.resize(1, 0)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(engine::suspend).isInstanceOf(UnsupportedOperationException.class);
            engine.resume();
            engine.dispose();
            assertThat(lent.isValid(1)).isTrue();
        }
    }

    @Test
    void static_can_be_suspended_and_disposed_of_but_has_no_size() throws Exception {
        try (Engine engine = Engine.builder(URL)
                .kind(PoolKind.STATIC)
                .checkoutTimeout(Duration.ofMillis(30))
                .build()) {
            engine.getConnection().close();
            assertThatThrownBy(() -> engine.resize(2, 0)).isInstanceOf(UnsupportedOperationException.class);
            engine.suspend();
            assertThatThrownBy(engine::getConnection).hasMessageContaining("The engine is suspended.");
            engine.dispose();
            engine.resume();
            engine.getConnection().close();
            assertThat(engine.stats().opened()).isEqualTo(2);
        }
    }

    @Test
    void fifo_uses_all_in_turn_and_lifo_the_last_one_again() throws Exception {
        assertThat(sessionsOf(PoolOrder.FIFO)).doesNotHaveDuplicates();
        assertThat(Collections.nCopies(3, sessionsOf(PoolOrder.LIFO).get(0))).isEqualTo(sessionsOf(PoolOrder.LIFO));
    }

    /** The sessions of three borrows one after the other, where three are idle. */
    private static List<Integer> sessionsOf(PoolOrder order) throws SQLException {
        try (Engine engine = Engine.builder("jdbc:h2:mem:order;DB_CLOSE_DELAY=-1")
                .order(order)
                .reset(Reset.NEVER)
                .build()) {
            List<Connection> three = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                three.add(engine.getConnection());
            }
            for (Connection each : three) {
                each.close();
            }
            List<Integer> sessions = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sessions.add(number(engine, "select session_id()"));
            }
            int first = sessions.get(0);
            return sessions.stream().map(session -> session - first).toList();
        }
    }

    @Test
    void an_agents_setting_counts_for_every_engine_whatever_its_database() {
        assertThat(madeWith("pool.kind", "static", Pooling.QUEUE)).isExactlyInstanceOf(StaticPool.class);
        assertThat(madeWith("pool.kind", "assertion", Pooling.NULL)).isExactlyInstanceOf(AssertionPool.class);
        assertThat(madeWith("pool.kind", "null", Pooling.QUEUE)).isExactlyInstanceOf(NullPool.class);
        assertThat(madeWith("pool.kind", "queue", Pooling.NULL)).isExactlyInstanceOf(QueuePool.class);
        assertThat(madeWith("pool.kind", "auto", Pooling.NULL)).isExactlyInstanceOf(NullPool.class);
        assertThat(madeWith("pool.order", "fifo", Pooling.QUEUE)).isExactlyInstanceOf(QueuePool.class);
        assertThat(madeWith("pool.order", "fifo", Pooling.NULL)).isExactlyInstanceOf(NullPool.class);
    }

    private static Pool<PhysicalConnection> madeWith(String name, String value, Pooling pooling) {
        Properties system = new Properties();
        system.setProperty("poolwright." + name, value);
        Engines engines =
                new Engines(Settings.forLibrary(system, Collections.emptyMap()), leak -> {}, nested -> {}, close -> {});
        Engine made = engines.findOrMake(EngineKey.ofDriverManager(URL, null, null), URL, null, pooling, false);
        made.close();
        return made.pool();
    }

    private static void run(Engine engine, String sql) throws SQLException {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(Engine engine) throws SQLException {
        return number(engine, "select count(*) from t");
    }

    private static int number(Engine engine, String sql) throws SQLException {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
