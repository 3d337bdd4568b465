package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.event.Leak;
import dev.poolwright.house.Housekeeper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link EngineBuilder#reclaimAfter}: who makes no call for too long loses the connection, and nobody else does. Whatever
 * the clock says, whose origin is arbitrary.
 */
@ParameterizedClass
@ValueSource(longs = {0, 5, -5})
class UnusedConnectionTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static volatile CountDownLatch entered = new CountDownLatch(1);
    private static volatile CountDownLatch mayLeave = new CountDownLatch(1);

    private final AtomicLong now;
    private final Housekeeper housekeeper;
    private final BlockingQueue<Leak> leaks = new ArrayBlockingQueue<>(10);
    private final Engine engine;

    UnusedConnectionTest(long days) {
        now = new AtomicLong(TimeUnit.DAYS.toNanos(days));
        housekeeper = new Housekeeper(now::get, 0);
        engine = engine(LIMIT);
    }

    private Engine engine(Duration limit) {
        return new EngineBuilder("jdbc:h2:mem:unused;DB_CLOSE_DELAY=-1")
                .size(1)
                .overflow(0)
                .checkoutTimeout(Duration.ofSeconds(20))
                .traceLeaks(true)
                .reclaimAfter(limit)
                .housekeeper(housekeeper)
                .leaks(leaks::add)
                .build();
    }

    @AfterEach
    void close() throws SQLException {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
        engine.close();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            housekeeper.tickAll();
        }
    }

    private Leak takenAway() throws InterruptedException {
        Leak leak = leaks.poll(20, TimeUnit.SECONDS);
        assertThat(leak).isNotNull();
        return leak;
    }

    @Test
    void is_taken_away_after_the_time_and_says_from_whom() throws Exception {
        Connection connection = engine.getConnection();
        pass(9);
        assertThat(connection.isClosed()).isFalse();
        pass(6);

        Leak leak = takenAway();

        assertThat(leak.action()).isEqualTo(Leak.Action.TAKEN_AWAY);
        assertThat(leak.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(leak.unusedNanos())
                .isBetween(LIMIT.toNanos(), LIMIT.multipliedBy(3).dividedBy(2).toNanos());
        assertThat(LeakText.of(leak))
                .contains("was no longer used")
                .contains("acquired at")
                .contains("rolled back and taken away")
                .endsWith("[PW-204]");
        assertThat(engine.stats().leased()).isZero();
    }

    @Test
    void tells_whoever_comes_too_late_and_lets_him_close() throws Exception {
        Connection connection = engine.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select x from system_range(1, 3)");
        pass(15);
        takenAway();

        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
        assertThatThrownBy(connection::createStatement)
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("without a call")
                .hasMessageContaining("acquired at")
                .hasMessageContaining("by thread " + Thread.currentThread().getName())
                .hasMessageContaining("[PW-204]")
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("08003");
        assertThatThrownBy(() -> statement.executeQuery("select 1")).hasMessageContaining("[PW-204]");
        assertThatThrownBy(rows::next).hasMessageContaining("[PW-204]");
        assertThatThrownBy(connection::commit).hasMessageContaining("[PW-204]");
        assertThatThrownBy(() -> connection.unwrap(JdbcConnection.class)).hasMessageContaining("[PW-204]");
        assertThatCode(connection::close).doesNotThrowAnyException();
        try (Connection next = engine.getConnection()) {
            assertThatCode(connection::close).doesNotThrowAnyException();
            assertThat(next.isClosed()).isFalse();
        }
    }

    @Test
    void loses_what_it_has_not_committed() throws Exception {
        try (Connection setup = engine.getConnection();
                Statement statement = setup.createStatement()) {
            statement.execute("create table t(i int)");
        }
        Connection connection = engine.getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().executeUpdate("insert into t values 1");
        pass(15);
        takenAway();

        try (Connection next = engine.getConnection();
                Statement statement = next.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            assertThat(rows.getInt(1)).isZero();
            assertThat(next.getAutoCommit()).isTrue();
        }
    }

    @Test
    void stays_with_whoever_reads_slowly() throws Exception {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select x from system_range(1, 20)")) {
            int seen = 0;
            while (rows.next()) {
                seen++;
                pass(3);
            }
            assertThat(seen).isEqualTo(20);
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void counts_the_calls_of_other_threads() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Connection connection = engine.getConnection()) {
            for (int i = 0; i < 20; i++) {
                other.submit(connection::getCatalog).get();
                pass(3);
            }
            assertThat(connection.isClosed()).isFalse();
        } finally {
            other.shutdown();
        }
        assertThat(leaks).isEmpty();
    }

    /** Called by the database. */
    public static final class Waiting {

        private Waiting() {}

        /** Until the test says so. */
        public static boolean here() throws InterruptedException {
            entered.countDown();
            return mayLeave.await(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void stays_while_a_call_is_in_flight() throws Exception {
        entered = new CountDownLatch(1);
        mayLeave = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> open = other.submit(() -> {
                try (Connection connection = engine.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("create alias wait_here for '" + Waiting.class.getName() + ".here'");
                    statement.execute("call wait_here()");
                    return !connection.isClosed();
                }
            });
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            pass(60);
            mayLeave.countDown();
            assertThat(open.get()).isTrue();
        } finally {
            other.shutdown();
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void stays_with_whoever_has_the_driver_s_own() throws Exception {
        try (Connection connection = engine.getConnection()) {
            JdbcConnection raw = connection.unwrap(JdbcConnection.class);
            pass(60);
            assertThat(raw.isClosed()).isFalse();
            assertThat(connection.isClosed()).isFalse();
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void is_counted_anew_for_each_borrow() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Connection connection = engine.getConnection()) {
                pass(4);
                assertThat(connection.isClosed()).isFalse();
            }
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void stays_for_ever_unless_a_time_is_set() throws Exception {
        try (Engine patient = engine(Duration.ZERO);
                Connection connection = patient.getConnection()) {
            pass(3_600);
            assertThat(connection.isClosed()).isFalse();
        }
        assertThat(leaks).isEmpty();
        assertThatThrownBy(() -> engine(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
