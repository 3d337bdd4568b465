package dev.poolwright.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineBuilder;
import dev.poolwright.pool.Fixture;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that accepts connections and answers nothing: all processes of PostgreSQL stopped. */
@Timeout(120)
class FrozenDatabaseIT {

    private static final Duration DEADLINE = Duration.ofMillis(700);

    /** So late may one call be that is told by nothing but a machine that has other things to do. */
    private static final Duration LATE = Duration.ofMillis(700);

    private static TroubledPostgres database;

    @BeforeAll
    static void start() throws Exception {
        database = TroubledPostgres.start();
        try (Engine warm = engine().checkoutTimeout(Duration.ZERO).build()) {
            warm.getConnection().close();
        }
    }

    @AfterEach
    void thaw() {
        database.thaw();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    private static EngineBuilder engine() {
        return Engine.builder(database.url()).user("postgres").checkoutTimeout(DEADLINE);
    }

    @Test
    void each_call_fails_at_its_deadline_and_the_first_one_after_the_thaw_succeeds() throws Exception {
        try (Engine engine = engine().size(2).overflow(1).build()) {
            database.freeze();
            for (int call = 0; call < 5; call++) { // more than there are places
                assertFailsInTime(engine);
            }
            database.thaw();
            try (Connection connection = engine.getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
            }
            Fixture.eventually(() -> engine.stats().leased() == 0);
            assertThat(engine.stats().idle())
                    .isEqualTo((int) (engine.stats().opened() - engine.stats().closed()));
        }
    }

    /** The median of many: one of them may meet a busy machine, half of them do not. */
    @Test
    void calls_fail_within_50_ms_of_their_deadline() throws Exception {
        Duration deadline = Duration.ofMillis(150);
        try (Engine engine =
                engine().size(2).overflow(1).checkoutTimeout(deadline).build()) {
            database.freeze();
            List<Duration> late = new ArrayList<>();
            for (int call = 0; call < 21; call++) {
                late.add(failingCall(engine).minus(deadline));
            }
            Duration median = Measured.median(late);
            System.out.println("frozen: a call fails " + Measured.millis(median) + " after its deadline (median of "
                    + late.size() + ", worst " + Measured.millis(Collections.max(late)) + ")");
            assertThat(Collections.min(late)).isGreaterThan(Duration.ofMillis(-1));
            assertThat(median).as("of %s", late).isLessThan(Duration.ofMillis(50));
        }
    }

    @Test
    void connections_that_are_asked_before_they_are_lent_hold_up_nobody_beyond_his_deadline() throws Exception {
        try (Engine engine = engine().size(3).pingAfter(Duration.ofNanos(1)).build()) {
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(engine.getConnection());
            }
            for (Connection each : all) {
                each.close();
            }
            long returned = Ticker.SYSTEM.nanos();
            Fixture.eventually(() -> Ticker.SYSTEM.nanos() - returned > 600_000_000); // seen by two ticks
            database.freeze();
            for (int call = 0; call < 4; call++) {
                assertFailsInTime(engine);
            }
            database.thaw();
            engine.getConnection().close();
            Fixture.eventually(() -> engine.stats().leased() == 0);
        }
    }

    @Test
    void close_of_a_borrowed_one_returns_within_its_bound_and_others_are_told_in_time() throws Exception {
        try (Engine engine = engine().size(1).overflow(0).build()) {
            Connection borrowed = engine.getConnection();
            borrowed.setAutoCommit(false);
            try (Statement statement = borrowed.createStatement()) {
                statement.execute("select 1");
            }
            database.freeze();
            long start = Ticker.SYSTEM.nanos();
            Fixture.Running<Void> closing = Fixture.async(() -> {
                borrowed.close(); // rolls back, with the help of the server
                return null;
            });
            assertFailsInTime(engine);
            closing.get();
            assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - start)).isLessThan(Duration.ofSeconds(4));
            database.thaw();
            engine.getConnection().close();
        }
    }

    @Test
    void closing_the_engine_returns_within_its_bound_while_openings_hang() throws Exception {
        Engine engine = engine().size(2).overflow(0).build();
        database.freeze();
        assertFailsInTime(engine);
        Fixture.Running<Connection> waiting = Fixture.async(engine::getConnection);
        Fixture.eventually(() -> engine.stats().waiting() == 1);

        long start = Ticker.SYSTEM.nanos();
        engine.close();
        assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - start)).isLessThan(Duration.ofSeconds(2));
        assertThatCode(waiting::get).hasMessageContaining("[PW-102]");

        database.thaw();
        Fixture.eventually(() -> engine.stats().leased() == 0
                && engine.stats().closed() == engine.stats().opened());
    }

    private static void assertFailsInTime(Engine engine) {
        assertThat(failingCall(engine)).isBetween(DEADLINE.minusMillis(1), DEADLINE.plus(LATE));
    }

    private static Duration failingCall(Engine engine) {
        long start = Ticker.SYSTEM.nanos();
        SQLTransientConnectionException told =
                catchThrowableOfType(SQLTransientConnectionException.class, engine::getConnection);
        Duration took = Duration.ofNanos(Ticker.SYSTEM.nanos() - start);
        assertThat((Throwable) told)
                .hasMessageContaining("[PW-101]")
                .hasMessageContaining("The database does not answer");
        return took;
    }
}
