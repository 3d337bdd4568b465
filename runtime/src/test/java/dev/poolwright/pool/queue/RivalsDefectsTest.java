package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.pool.CheckoutTimeoutException;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other pools were seen to do, and what must not happen here. */
@Timeout(120)
class RivalsDefectsTest {

    /** A lost wake-up costs all of it; a machine that is busy far less. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration SLEPT = Duration.ofSeconds(10);

    private final Fixture fixture = new Fixture();

    /** Agroal 3.2: in 11 of 100,000 the waiter slept its whole timeout. */
    @Test
    void of_a_hundred_thousand_hand_overs_none_is_missed() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));
        AtomicInteger turns = new AtomicInteger();
        List<Fixture.Running<Long>> users = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            users.add(async(() -> handOvers(pool, turns, 50_000)));
        }
        for (Fixture.Running<Long> user : users) {
            assertThat(Duration.ofNanos(user.result().get())).isLessThan(SLEPT);
        }
        assertThat(fixture.db.opened()).isEqualTo(1);
    }

    /**
     * Takes the one slot and gives it back once somebody waits, and asks no more before that one has had it: nobody else's
     * return makes up for a wake-up that is lost. Returns the longest wait.
     */
    private static long handOvers(QueuePool<String> pool, AtomicInteger turns, int rounds) throws Exception {
        long longest = 0;
        for (int round = 0; round < rounds; round++) {
            long start = Ticker.SYSTEM.nanos();
            Slot<String> slot = pool.checkOut(Deadline.in(DEADLINE, Ticker.SYSTEM));
            longest = Math.max(longest, Ticker.SYSTEM.nanos() - start);
            int turn = turns.incrementAndGet();
            if (turn < 2 * rounds) {
                Fixture.spinUntil(() -> pool.stats().waiting() == 1);
            }
            pool.release(slot);
            if (turn < 2 * rounds - 1) {
                Fixture.spinUntil(() -> turns.get() != turn);
            }
        }
        return longest;
    }

    /** HikariCP 7.1: in 3 of 65 ramps a thread waited 30 s although the pool had room. */
    @Test
    void nobody_waits_beside_room_however_many_come_at_once() throws Exception {
        // Long enough to be worth a wait for a return, of which there is none.
        fixture.db.during(() -> LockSupport.parkNanos(1_000_000));
        QueuePool<String> pool = fixture.livePool(STILL.withSize(20).withOverflow(0));
        for (int ramp = 0; ramp < 65; ramp++) {
            CyclicBarrier together = new CyclicBarrier(20);
            List<Fixture.Running<Slot<String>>> callers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                callers.add(async(() -> {
                    together.await();
                    return pool.checkOut(NEVER);
                }));
            }
            List<Slot<String>> all = new ArrayList<>();
            for (Fixture.Running<Slot<String>> each : callers) {
                all.add(each.get()); // within 10 s
            }
            assertThat(pool.stats().leased()).as("ramp %d", ramp).isEqualTo(20);
            Fixture.release(pool, all);
            pool.dispose();
        }
        assertThat(fixture.db.opened()).isEqualTo(65 * 20);
    }

    /** HikariCP lends one connection to two threads while two close it at once. */
    @Test
    void a_slot_that_two_threads_give_back_at_once_comes_back_once() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));
        int rounds = 10_000;
        AtomicReference<Slot<String>> lent = new AtomicReference<>();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        List<Fixture.Running<Void>> closers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            closers.add(async(() -> {
                for (int round = 1; round <= rounds; round++) {
                    int mine = round;
                    Fixture.spinUntil(() -> begun.get() == mine);
                    giveBack(pool, lent.get(), round % 2 == 0);
                    ended.incrementAndGet();
                }
                return null;
            }));
        }
        for (int round = 1; round <= rounds; round++) {
            int both = 2 * round;
            lent.set(pool.checkOut(NEVER));
            begun.set(round);
            Fixture.spinUntil(() -> ended.get() == both);
            int idle = round % 2 == 0 ? 0 : 1;
            assertThat(pool.stats().idle()).isEqualTo(idle);
            assertThat(pool.stats().leased()).isZero();
            assertThat(fixture.db.opened() - fixture.db.closed().size()).isEqualTo(idle);
        }
        for (Fixture.Running<Void> closer : closers) {
            closer.get();
        }
        // No place came back twice: there is room for one still.
        pool.checkOut(NEVER);
        assertThatThrownBy(() -> pool.acquire(Fixture.now())).isInstanceOf(CheckoutTimeoutException.class);
    }

    private static void giveBack(QueuePool<String> pool, Slot<String> slot, boolean broken) {
        try {
            if (broken) {
                pool.discard(slot);
            } else {
                pool.release(slot);
            }
        } catch (IllegalStateException givenBackBefore) {
            assertThat(givenBackBefore).hasMessageContaining("given back twice");
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
