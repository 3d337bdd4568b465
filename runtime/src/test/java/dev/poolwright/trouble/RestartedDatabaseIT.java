package dev.poolwright.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.dialect.Dialects;
import dev.poolwright.engine.Engine;
import dev.poolwright.pool.Fixture;
import dev.poolwright.time.Ticker;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is gone, and comes back: nothing is remembered of the time between. */
@Timeout(180)
class RestartedDatabaseIT {

    /** Far beyond what a refusal takes, so that who waits for it is seen. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static TroubledPostgres database;

    @BeforeAll
    static void start() throws Exception {
        database = TroubledPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static Engine engine(String url) {
        return Engine.builder(url)
                .user("postgres")
                .size(3)
                .overflow(0)
                .pingAfter(Duration.ofNanos(1))
                .checkoutTimeout(DEADLINE)
                .build();
    }

    @Test
    void a_refused_call_fails_at_once_with_what_the_driver_says_and_so_does_each_one() throws Exception {
        int nobodyListens;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobodyListens = closed.getLocalPort();
        }
        String url = "jdbc:postgresql://localhost:" + nobodyListens + "/postgres";
        SQLException plain =
                catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url, "postgres", ""));
        try (Engine engine = engine(url)) {
            for (int call = 0; call < 20; call++) {
                assertRefused(engine, plain.getSQLState(), plain.getMessage());
                assertThat(engine.stats().leased()).isZero();
            }
        }
    }

    /** Each time the driver alone, then the engine: the median of the differences, so that a busy machine meets both. */
    @Test
    void a_refusal_is_told_within_10_ms_of_what_the_driver_alone_takes() {
        String url = database.url().replace("/postgres", "/nowhere");
        try (Engine engine = engine(url)) {
            List<Duration> alone = new ArrayList<>();
            List<Duration> later = new ArrayList<>();
            for (int call = 0; call < 31; call++) {
                Duration plain = failing(() -> DriverManager.getConnection(url, "postgres", ""));
                alone.add(plain);
                later.add(failing(engine::getConnection).minus(plain));
            }
            Duration median = Measured.median(later);
            System.out.println(
                    "refused: told " + Measured.millis(median) + " later than by the driver alone, which takes "
                            + Measured.millis(Measured.median(alone)) + " (medians of " + later.size() + ")");
            assertThat(median).as("of %s", later).isLessThan(Duration.ofMillis(10));
        }
    }

    private static Duration failing(ThrowingCallable call) {
        long start = Ticker.SYSTEM.nanos();
        SQLException told = catchThrowableOfType(SQLException.class, call);
        Duration took = Duration.ofNanos(Ticker.SYSTEM.nanos() - start);
        assertThat(told.getSQLState()).isEqualTo("3D000");
        return took;
    }

    @Test
    void a_look_whether_one_is_alive_leaves_no_transaction_open() throws Exception {
        try (Connection asked = DriverManager.getConnection(database.url(), "postgres", "");
                Statement statement = asked.createStatement()) {
            ResultSet backend = statement.executeQuery("select pg_backend_pid()");
            backend.next();
            String state = "select count(*) from pg_stat_activity where state = 'idle' and pid = " + backend.getInt(1);
            for (boolean autoCommit : new boolean[] {true, false}) {
                asked.setAutoCommit(autoCommit);
                assertThat(Dialects.forUrl(database.url()).isAlive(asked, 5)).isTrue();
                assertThat(database.number(state))
                        .as("auto-commit %s", autoCommit)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void a_wrong_password_or_database_is_the_driver_s_own_failure() {
        String url = database.url().replace("/postgres", "/nowhere");
        SQLException plain =
                catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection(url, "postgres", ""));
        try (Engine engine = engine(url)) {
            assertRefused(engine, plain.getSQLState(), plain.getMessage());
        }
    }

    @Test
    void the_first_call_after_the_server_is_back_succeeds_and_no_dead_connection_is_lent() throws Exception {
        try (Engine engine = engine(database.url())) {
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(engine.getConnection());
            }
            Connection leased = all.remove(0);
            leased.setAutoCommit(false);
            leased.createStatement().execute("select 1");
            for (Connection each : all) {
                each.close();
            }
            long returned = Ticker.SYSTEM.nanos();
            Fixture.eventually(() -> Ticker.SYSTEM.nanos() - returned > 600_000_000); // seen by two ticks

            database.stopImmediately();
            for (int call = 0; call < 5; call++) {
                long start = Ticker.SYSTEM.nanos();
                SQLException told = catchThrowableOfType(SQLException.class, engine::getConnection);
                assertThat(told.getSQLState()).isEqualTo("08001");
                assertThat(told.getMessage()).doesNotContain("[PW-");
                assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - start)).isLessThan(AT_ONCE);
            }

            database.startAgain();
            try (Connection first = engine.getConnection();
                    Statement statement = first.createStatement()) {
                assertThat(statement.execute("select 1")).isTrue();
            }
            // Its transaction is gone with its server; it is not connected anew in the middle of it.
            assertThatThrownBy(leased::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> leased.createStatement().execute("select 1"))
                    .isInstanceOf(SQLException.class);
            leased.close();
            assertThat(engine.stats().leased()).isZero();
            assertThat(engine.stats().idle())
                    .isEqualTo((int) (engine.stats().opened() - engine.stats().closed()));
        }
    }

    private static void assertRefused(Engine engine, String state, String message) {
        long start = Ticker.SYSTEM.nanos();
        SQLException told = catchThrowableOfType(SQLException.class, engine::getConnection);
        Duration took = Duration.ofNanos(Ticker.SYSTEM.nanos() - start);
        assertThat(told.getSQLState()).isEqualTo(state);
        assertThat(told.getMessage()).isEqualTo(message);
        assertThat(took).isLessThan(AT_ONCE);
    }
}
