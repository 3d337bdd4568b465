package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other pools were seen to do, and what must not happen here. */
@Timeout(120)
class RivalsDefectsTest {

    /** A lost wake-up costs all of it; a machine that is busy far less. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Duration SLEPT = Duration.ofSeconds(20);

    private final Fixture fixture = new Fixture();

    /** Agroal 3.2: in 11 of 100,000 the waiter slept its whole timeout. */
    @Test
    void of_a_hundred_thousand_hand_overs_none_is_missed() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));
        LongAccumulator longest = new LongAccumulator(Math::max, 0);
        List<Fixture.Running<Void>> users = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            users.add(async(() -> {
                for (int round = 0; round < 50_000; round++) {
                    long start = Ticker.SYSTEM.nanos();
                    Slot<String> slot = pool.checkOut(Deadline.in(DEADLINE, Ticker.SYSTEM));
                    longest.accumulate(Ticker.SYSTEM.nanos() - start);
                    pool.release(slot);
                }
                return null;
            }));
        }
        for (Fixture.Running<Void> user : users) {
            user.result().get();
        }
        assertThat(Duration.ofNanos(longest.get())).isLessThan(SLEPT);
        assertThat(fixture.db.opened()).isEqualTo(1);
    }

    /** HikariCP 7.1: in 3 of 65 ramps a thread waited 30 s although the pool had room. */
    @Test
    void nobody_waits_beside_room_however_many_come_at_once() throws Exception {
        for (int ramp = 0; ramp < 65; ramp++) {
            QueuePool<String> pool = fixture.livePool(STILL.withSize(20).withOverflow(0));
            CyclicBarrier together = new CyclicBarrier(20);
            List<Fixture.Running<Slot<String>>> callers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                callers.add(async(() -> {
                    together.await();
                    return pool.checkOut(Deadline.in(DEADLINE, Ticker.SYSTEM));
                }));
            }
            long start = Ticker.SYSTEM.nanos();
            for (Fixture.Running<Slot<String>> each : callers) {
                each.result().get();
            }
            assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - start)).as("ramp %d", ramp).isLessThan(SLEPT);
            assertThat(pool.stats().leased()).isEqualTo(20);
        }
    }

    /** HikariCP lends one connection to two threads while it is being closed by a third. */
    @Test
    void a_slot_that_is_given_back_by_several_threads_at_once_is_lent_once() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));
        for (int round = 0; round < 3_000; round++) {
            Slot<String> slot = pool.checkOut(NEVER);
            CyclicBarrier together = new CyclicBarrier(3);
            AtomicInteger accepted = new AtomicInteger();
            List<Fixture.Running<Void>> closers = new ArrayList<>();
            boolean released = round % 2 == 0;
            for (int i = 0; i < 2; i++) {
                closers.add(async(() -> {
                    together.await();
                    try {
                        if (released) {
                            pool.release(slot);
                        } else {
                            pool.discard(slot);
                        }
                        accepted.incrementAndGet();
                    } catch (IllegalStateException givenBackBefore) {
                        // told so
                    }
                    return null;
                }));
            }
            together.await();
            for (Fixture.Running<Void> closer : closers) {
                closer.get();
            }
            assertThat(accepted.get()).isPositive();
            assertThat(pool.stats().idle()).isEqualTo(released ? 1 : 0);
            assertThat(pool.stats().leased()).isZero();
        }
    }

    /** A check-out and the end of the pool at the same moment: either it is served, or told; nothing stays open. */
    @Test
    void a_check_out_that_meets_the_end_of_the_pool_leaves_nothing_open() throws Exception {
        for (int round = 0; round < 500; round++) {
            QueuePool<String> pool = fixture.livePool(STILL.withSize(2).withOverflow(0));
            pool.release(pool.checkOut(NEVER));
            CountDownLatch go = new CountDownLatch(1);
            List<Fixture.Running<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                callers.add(async(() -> {
                    go.await();
                    try {
                        pool.release(pool.checkOut(Deadline.in(DEADLINE, Ticker.SYSTEM)));
                        return true;
                    } catch (EngineClosedException told) {
                        return false;
                    }
                }));
            }
            go.countDown();
            pool.close();
            for (Fixture.Running<Boolean> caller : callers) {
                assertThat(caller.get()).isNotNull();
            }
            Fixture.eventually(() -> pool.stats().leased() + pool.stats().idle() == 0);
            Fixture.eventually(() -> pool.stats().opened() == pool.stats().closed());
        }
    }
}
