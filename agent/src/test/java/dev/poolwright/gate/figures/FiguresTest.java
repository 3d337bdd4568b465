package dev.poolwright.gate.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Flush;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.TransactionEnd;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Flush FLUSH =
            new Flush(new SessionInfo("hibernate", "Session"), Flush.Trigger.COMMIT, 3, 0, 1, 0);

    private final long[] now = new long[1];
    private final Figures figures = new Figures(() -> now[0]);
    private final EngineInfo engine = engine();

    private static EngineStats stats() {
        return new EngineStats(5, -1, 0, 0, 0, 0, 0);
    }

    private static EngineInfo engine() {
        return new EngineInfo("orders", "jdbc:h2:mem:orders", "sa", "h2database", "orders", null, -1);
    }

    @Test
    void waits_and_commits_are_counted_for_each_engine_while_it_is_there() {
        EngineInfo successor = engine();
        figures.checkedOut(engine, 1); // nobody has told of it yet
        figures.engineOpened(engine, FiguresTest::stats);
        figures.engineOpened(engine, FiguresTest::stats); // whenever somebody listens anew
        figures.checkedOut(engine, 3_000);
        figures.transactionEnded(engine, TransactionEnd.COMMIT, 0, 5_000, null);
        figures.transactionEnded(engine, TransactionEnd.IMPLICIT_COMMIT, 0, 5_000, new SQLException("refused"));
        figures.transactionEnded(engine, TransactionEnd.ROLLBACK, 0, 5_000, null);
        figures.engineOpened(successor, FiguresTest::stats);

        assertThat(figures.of(engine).waits().counts()).startsWith(0, 0, 1, 0);
        assertThat(figures.of(engine).commits().counts()).startsWith(0, 0, 0, 2, 0);
        figures.engineClosed(engine);
        assertThat(figures.of(engine).waits().counts()).containsOnly(0);
        figures.checkedOut(successor, 1);
        assertThat(figures.of(successor).waits().counts())
                .as("who has its name now is another")
                .startsWith(1, 0);
    }

    @Test
    void what_was_lost_is_counted() {
        StackTraceElement frame = new StackTraceElement("com.acme.Dao", "open", "Dao.java", 7);
        figures.engineOpened(engine, FiguresTest::stats);
        for (Leak.Action action : Leak.Action.values()) {
            figures.leaked(
                    new Leak(Leak.Kind.CONNECTION, action, engine, "c", frame.toString(), List.of(frame), "main", 1));
        }
        figures.leaked(
                new Leak(Leak.Kind.STATEMENT, Leak.Action.REPORTED, engine, "s", "other", List.of(frame), "main", 1));

        assertThat(figures.of(engine).leaked()).as("reclaimed and taken away").isEqualTo(2);
    }

    @Test
    void the_latest_slow_flushes_are_kept_and_all_are_passed_on() {
        List<String> heard = new ArrayList<>();
        figures.next(new EngineListener() {
            @Override
            public Object flushStarted(Flush flush) {
                return "mine";
            }

            @Override
            public void flushEnded(Flush flush, Object started, Throwable failure) {
                heard.add(started + " " + (failure == null ? "" : failure.getMessage()));
            }
        });
        flush(TimeUnit.MILLISECONDS.toNanos(99), null);
        assertThat(figures.slowFlushes()).isEmpty();
        for (int i = 0; i < 60; i++) {
            flush(SlowFlushes.FROM_NANOS + i, null);
        }
        flush(SlowFlushes.FROM_NANOS, new RuntimeException(new SQLException("a secret of the data", "23505")));
        figures.flushEnded(FLUSH, null, null); // begun before there was a page

        assertThat(figures.slow()).isEqualTo(61);
        assertThat(figures.slowFlushes()).hasSize(50);
        SlowFlush newest = figures.slowFlushes().get(0);
        assertThat(newest.failure()).isEqualTo("java.lang.RuntimeException, SQLState 23505");
        assertThat(newest.flush()).isSameAs(FLUSH);
        assertThat(newest.tookNanos()).isEqualTo(SlowFlushes.FROM_NANOS);
        assertThat(figures.slowFlushes().get(1).tookNanos()).isEqualTo(SlowFlushes.FROM_NANOS + 59);
        assertThat(heard).hasSize(63).contains("mine ", "null ");
    }

    private void flush(long nanos, Throwable failure) {
        Object started = figures.flushStarted(FLUSH);
        now[0] += nanos;
        figures.flushEnded(FLUSH, started, failure);
    }
}
