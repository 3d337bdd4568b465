package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.NestedCheckout;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that asks for a second connection where there is no room is told of with both lines. */
@Timeout(60)
class NestedCheckoutTest {

    private final List<NestedCheckout> reported = new CopyOnWriteArrayList<>();
    private final List<NestedCheckout> heard = new CopyOnWriteArrayList<>();

    private EngineBuilder engine(int overflow) {
        return new EngineBuilder("jdbc:h2:mem:nested;DB_CLOSE_DELAY=-1")
                .size(1)
                .overflow(overflow)
                .traceLeaks(true)
                .checkoutTimeout(Duration.ofSeconds(20))
                .listener(new EngineListener() {
                    @Override
                    public void nestedAtTheCap(NestedCheckout nested) {
                        heard.add(nested);
                    }
                })
                .nestings(reported::add);
    }

    @Test
    void goes_beyond_the_cap_and_is_counted_each_time_and_reported_once_for_each_pair_of_lines() throws Exception {
        try (Engine engine = engine(0).build()) {
            for (int i = 0; i < 3; i++) {
                nestedLoad(engine);
            }
            assertThat(engine.nestedCheckouts()).isEqualTo(3);
            assertThat(heard).hasSize(3);
            assertThat(engine.stats().idle()).isEqualTo(1);
        }
        assertThat(reported).singleElement().satisfies(nested -> {
            assertThat(nested.beyondCap()).isTrue();
            assertThat(nested.toString())
                    .contains("acquired at ", "asked for another at ", "lent one beyond the cap")
                    .contains(Thread.currentThread().getName())
                    .endsWith("[PW-301]");
        });
    }

    private static void nestedLoad(Engine engine) throws SQLException {
        try (Connection outer = engine.getConnection();
                Connection inner = engine.getConnection()) {
            assertThat(inner).isNotSameAs(outer);
        }
    }

    @Test
    void is_nothing_to_tell_where_there_is_room() throws Exception {
        try (Engine engine = engine(1).build()) {
            nestedLoad(engine);
            assertThat(engine.nestedCheckouts()).isZero();
        }
        assertThat(reported).isEmpty();
    }

    @Test
    void waits_where_the_cap_is_strict_and_is_told_that_it_waited_for_itself() throws Exception {
        try (Engine patient = engine(0).build()) {
            patient.getConnection().close(); // all drivers are loaded from here on
        }
        try (Engine engine = engine(0)
                        .strict(true)
                        .checkoutTimeout(Duration.ofSeconds(2))
                        .build();
                Connection outer = engine.getConnection()) {
            assertThatThrownBy(engine::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("This thread has one already, acquired at ")
                    .hasMessageContaining("[PW-101]");
            assertThat(outer.isClosed()).isFalse();
            assertThat(engine.stats().leased()).isEqualTo(1);
            assertThat(engine.nestedCheckouts()).isEqualTo(1);
        }
        assertThat(reported)
                .singleElement()
                .satisfies(nested -> assertThat(nested.beyondCap()).isFalse());
    }

    @Test
    void a_report_that_fails_costs_nobody_his_connection() throws Exception {
        try (Engine engine = engine(0)
                .nestings(nested -> {
                    throw new IllegalStateException("no room in the log");
                })
                .build()) {
            nestedLoad(engine);
            assertThat(engine.accidents()).isEqualTo(1);
        }
    }

    @Test
    void is_counted_by_both_lines_where_none_was_idle() throws Exception {
        try (Engine engine = engine(5).build()) {
            nestedLoad(engine); // opens the second one
            nestedLoad(engine); // finds one of the two idle, and the pool keeps one only
            assertThat(engine.nestedLines()).hasSize(1).allSatisfy((lines, count) -> {
                assertThat(lines).contains(" | ");
                assertThat(count).isPositive();
            });
        }
        assertThat(reported).isEmpty();
    }

    @Test
    void is_warned_of_once_where_all_threads_could_come_to_wait() throws Exception {
        try (Engine engine = engine(3).strict(true).build();
                Connection ofAnother =
                        CompletableFuture.supplyAsync(() -> connection(engine)).get()) {
            assertThat(ofAnother.isClosed()).isFalse();
            nestedLoad(engine);
            assertThat(reported).isEmpty(); // two threads of two each need three at the least, and there are four
            try (Connection third = engine.getConnection()) {
                nestedLoad(engine);
                assertThat(third.isClosed()).isFalse();
            }
            assertThat(reported).singleElement().satisfies(warning -> {
                assertThat(warning.isWarning()).isTrue();
                assertThat(warning.toString())
                        .startsWith("nested: 2 threads at once had connections of ")
                        .contains(", and one wanted 3 at once", " With the cap of 4 ", "; 5 are enough ")
                        .endsWith("[PW-302]");
            });
            assertThat(engine.nestedCheckouts()).isZero();
        }
    }

    private static Connection connection(Engine engine) {
        try {
            return engine.getConnection();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
