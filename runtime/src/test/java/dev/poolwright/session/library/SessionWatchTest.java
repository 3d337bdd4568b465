package dev.poolwright.session.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderScreen;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.time.CoarseClock;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class SessionWatchTest {

    private static final SessionInfo KIND = new SessionInfo("hibernate", "Session");

    private final CoarseClock clock = new CoarseClock();
    private final AtomicInteger starts = new AtomicInteger();
    private final List<Leak> leaks = new CopyOnWriteArrayList<>();
    private final RecordingListener telemetry = new RecordingListener();
    private EngineListener listener = telemetry;
    private long now = 1_000;

    private final SessionWatch watch = watch(true);

    private SessionWatch watch(boolean trace) {
        Runnable start = () -> {
            starts.incrementAndGet();
            clock.set(now);
        };
        return new SessionWatch(clock, start, trace, () -> listener, leaks::add);
    }

    private void collectUntil(BooleanSupplier done) {
        for (int i = 0; i < 500 && !done.getAsBoolean(); i++) {
            System.gc();
            watch.tick(now);
        }
        assertThat(done.getAsBoolean()).isTrue();
    }

    private void leak() {
        OrderScreen.show(() -> watch.opened(new Object(), KIND));
    }

    @Test
    void reports_a_session_that_became_unreachable_once_and_with_the_line_that_opened_it() {
        leak();
        now += 2_000;
        collectUntil(() -> !leaks.isEmpty());

        Leak leak = leaks.get(0);
        assertThat(leak.kind()).isEqualTo(Leak.Kind.SESSION);
        assertThat(leak.action()).isEqualTo(Leak.Action.REPORTED);
        assertThat(leak.what()).isEqualTo("hibernate Session");
        assertThat(leak.site()).startsWith("com.acme.OrderScreen.show(OrderScreen.java:");
        assertThat(leak.stack().get(0).getClassName()).isEqualTo(OrderScreen.class.getName());
        assertThat(leak.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(leak.heldNanos()).isEqualTo(2_000);
        assertThat(telemetry.heard)
                .containsExactly("opened hibernate Session", "leaked hibernate Session", "closed hibernate Session");
        assertThat(watch.tick(now)).isZero();
        assertThat(leaks).hasSize(1);
    }

    @Test
    void never_reports_a_session_that_was_closed_by_whatever_thread() {
        openAndCloseElsewhere();
        leak();
        collectUntil(() -> !leaks.isEmpty());

        assertThat(watch.tick(now)).isZero();
        assertThat(leaks).hasSize(1);
        assertThat(telemetry.heard.subList(0, 2))
                .containsExactly("opened hibernate Session", "closed hibernate Session");
    }

    private void openAndCloseElsewhere() {
        Object session = new Object();
        watch.opened(session, KIND);
        CompletableFuture.runAsync(() -> watch.closed(session)).join();
        assertThat(watch.open()).isEmpty();
    }

    @Test
    void does_not_report_a_session_that_only_a_finalizer_could_close_and_did() {
        openForFinalizer();
        // Both: the finalizer's thread takes the session out first and tells afterwards.
        collectUntil(() -> watch.tick(now) == 0 && telemetry.heard.size() >= 2);
        assertThat(leaks).isEmpty();
        assertThat(telemetry.heard).containsExactly("opened hibernate Session", "closed hibernate Session");
    }

    private void openForFinalizer() {
        Object session = new Object();
        watch.opened(session, KIND);
        new ClosedByFinalizer(watch, session).use();
    }

    @Test
    void takes_the_second_opening_and_the_second_closing_of_a_session_for_none() {
        Object session = new Object();
        watch.opened(session, KIND);
        watch.opened(session, KIND);
        assertThat(watch.tick(now)).isEqualTo(1);
        watch.closed(session);
        watch.closed(session);
        assertThat(telemetry.heard).containsExactly("opened hibernate Session", "closed hibernate Session");
    }

    @Test
    void ignores_the_closing_of_a_session_that_nobody_said_was_open() {
        watch.closed(new Object());
        assertThat(telemetry.heard).isEmpty();
    }

    @Test
    void tells_sessions_apart_that_are_equal() {
        String one = new String("session");
        String two = new String("session");
        watch.opened(one, KIND);
        watch.opened(two, KIND);
        watch.closed(one);
        assertThat(watch.open()).hasSize(1);
        watch.closed(two);
        assertThat(watch.open()).isEmpty();
    }

    @Test
    void lists_what_is_open_as_held_at_exit() {
        Object session = new Object();
        OrderScreen.show(() -> watch.opened(session, KIND));
        now += 5_000;
        watch.tick(now);

        assertThat(watch.open()).singleElement().satisfies(held -> {
            assertThat(held.action()).isEqualTo(Leak.Action.HELD_AT_EXIT);
            assertThat(held.site()).startsWith("com.acme.OrderScreen.show");
            assertThat(held.heldNanos()).isEqualTo(5_000);
        });
        watch.closed(session);
    }

    @Test
    void says_that_lines_are_not_traced_where_they_are_not() {
        SessionWatch untraced = watch(false);
        Object session = new Object();
        untraced.opened(session, KIND);
        assertThat(untraced.open().get(0).site()).contains("poolwright.leak.trace is off");
        assertThat(untraced.open().get(0).thread()).isEqualTo("?");
        untraced.closed(session);
    }

    @Test
    void has_the_clock_started_by_the_first_session_and_stops_it_after_the_last() {
        Object session = new Object();
        watch.opened(session, KIND);
        assertThat(starts).hasValue(1);
        watch.opened(this, KIND);
        assertThat(starts).hasValue(1);
        watch.closed(this);
        assertThat(watch.tick(now)).isEqualTo(1);
        assertThat(clock.isStopped()).isFalse();

        watch.closed(session);
        assertThat(watch.tick(now)).isZero();
        assertThat(clock.isStopped()).isTrue();
        watch.opened(session, KIND);
        assertThat(starts).hasValue(2);
        watch.closed(session);
    }

    @Test
    void tells_of_no_closing_to_a_listener_that_did_not_hear_of_the_opening() {
        listener = null;
        Object session = new Object();
        watch.opened(session, KIND);
        listener = telemetry;
        watch.closed(session);
        assertThat(telemetry.heard).isEmpty();
    }

    @Test
    void ends_every_session_once_while_threads_open_and_close_and_the_housekeeper_ticks() {
        int sessions = 10_000;
        Queue<Object> handedOver = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> opener = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < sessions; i++) {
                Object session = new Object();
                watch.opened(session, KIND);
                handedOver.add(session);
            }
        });
        CompletableFuture<Void> closer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < sessions; i++) {
                Object session = handedOver.poll();
                for (; session == null; session = handedOver.poll()) {
                    Thread.onSpinWait();
                }
                watch.closed(session);
                watch.closed(session);
            }
        });
        while (!closer.isDone()) {
            watch.tick(now);
        }
        CompletableFuture.allOf(opener, closer).join();

        assertThat(watch.tick(now)).isZero();
        assertThat(clock.isStopped()).isTrue();
        assertThat(telemetry.heard)
                .filteredOn(line -> line.startsWith("opened"))
                .hasSize(sessions);
        assertThat(telemetry.heard)
                .filteredOn(line -> line.startsWith("closed"))
                .hasSize(sessions);
        assertThat(leaks).isEmpty();
    }

    @Test
    void leaves_the_clock_running_when_a_session_opens_while_a_tick_stops_it() {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong ticks = new AtomicLong();
        CompletableFuture<Void> housekeeper = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                watch.tick(now);
                ticks.incrementAndGet();
            }
        });
        Object session = new Object();
        boolean stopped = false;
        for (int i = 0; i < 10_000 && !stopped; i++) {
            watch.opened(session, KIND);
            long twoTicksOn = ticks.get() + 2;
            while (clock.isStopped() && ticks.get() < twoTicksOn) {
                Thread.onSpinWait();
            }
            stopped = clock.isStopped() && ticks.get() >= twoTicksOn;
            watch.closed(session);
        }
        over.set(true);
        housekeeper.join();
        assertThat(stopped).isFalse();
    }

    /** What a program without try blocks relies on. */
    private static final class ClosedByFinalizer {

        private final SessionWatch watch;
        private final Object session;

        ClosedByFinalizer(SessionWatch watch, Object session) {
            this.watch = watch;
            this.session = session;
        }

        void use() {
            assertThat(session).isNotNull();
        }

        @Override
        @SuppressWarnings({"deprecation", "Finalize"})
        protected void finalize() {
            watch.closed(session);
        }
    }
}
