package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rounds of a few threads that take one each, and then nobody else comes: whoever missed its wake-up sleeps for ever
 * (P4, P6).
 */
class LostWakeUpTest {

    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Fixture fixture = new Fixture();

    @Test
    void one_signal_serves_two_waiters() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withOverflow(0));
        List<Slot<String>> both = Fixture.checkOut(pool, 2);
        for (int round = 0; round < 40; round++) {
            Fixture.Running<Slot<String>> one = async(() -> pool.acquire(NEVER));
            Fixture.Running<Slot<String>> two = async(() -> pool.acquire(NEVER));
            Fixture.awaitWaiters(pool, 2, one, two);
            // Both before the first waiter runs: the second return finds it signalled already.
            if (round % 2 == 0) {
                Fixture.release(pool, both);
            } else {
                both.forEach(pool::discard);
            }
            both = List.of(one.get(), two.get());
            for (Slot<String> slot : both) {
                if (slot.resource() == null) {
                    pool.fill(slot, "c");
                }
            }
        }
    }

    @Test
    void a_return_and_a_wait_in_lock_step() throws Exception {
        duel(fixture.livePool(STILL.withSize(1).withOverflow(0)), false);
    }

    @Test
    void a_discard_and_a_wait_in_lock_step() throws Exception {
        duel(fixture.livePool(STILL.withSize(1).withOverflow(0)), true);
    }

    /** Two threads, one slot: in each round the one that has it gives it back while the other asks for it. */
    private void duel(QueuePool<String> pool, boolean discards) throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger rounds = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        long end = Ticker.SYSTEM.nanos() + BUDGET_NANOS;
        Slot<String> first = pool.checkOut(NEVER);
        List<Fixture.Running<Void>> duellists = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            boolean begins = i == 0;
            duellists.add(async(() -> {
                Slot<String> mine = begins ? first : null;
                for (int round = 1; !over.get(); round++) {
                    if (arrived.incrementAndGet() == 2) {
                        over.set(Ticker.SYSTEM.nanos() > end);
                        arrived.set(0);
                        rounds.set(round);
                    }
                    int current = round;
                    Fixture.spinUntil(() -> rounds.get() >= current);
                    for (int spin = ThreadLocalRandom.current().nextInt(60); spin > 0; spin--) {
                        Thread.onSpinWait();
                    }
                    mine = mine == null ? taken(pool) : given(pool, mine, discards);
                }
                return null;
            }));
        }
        for (Fixture.Running<Void> duellist : duellists) {
            duellist.get();
        }
        assertThat(rounds).hasPositiveValue();
    }

    private static Slot<String> taken(QueuePool<String> pool) throws Exception {
        Slot<String> slot = pool.acquire(NEVER);
        if (slot.resource() == null) {
            pool.fill(slot, "c");
        }
        return slot;
    }

    private static @Nullable Slot<String> given(QueuePool<String> pool, Slot<String> slot, boolean discards) {
        if (discards) {
            pool.discard(slot);
        } else {
            pool.release(slot);
        }
        return null;
    }

    @Test
    void three_threads_on_one_slot() throws Exception {
        rounds(fixture.livePool(STILL.withSize(1).withOverflow(0)), 3, false, false);
    }

    @Test
    void six_threads_on_two_slots() throws Exception {
        rounds(fixture.livePool(STILL.withOverflow(0)), 6, false, false);
    }

    @Test
    void six_threads_on_two_slots_of_which_some_give_up_first() throws Exception {
        rounds(fixture.livePool(STILL.withOverflow(0)), 6, true, false);
    }

    @Test
    void six_threads_on_two_slots_that_break_and_fail_to_open() throws Exception {
        rounds(fixture.livePool(STILL.withOverflow(0)), 6, false, true);
    }

    private void rounds(QueuePool<String> pool, int threads, boolean hasty, boolean breaks) throws Exception {
        CyclicBarrier round = new CyclicBarrier(threads);
        long end = Ticker.SYSTEM.nanos() + BUDGET_NANOS;
        boolean[] over = new boolean[1];
        List<Fixture.Running<Integer>> users = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            boolean first = i == 0;
            users.add(async(() -> {
                int served = 0;
                while (true) {
                    round.await();
                    if (first) {
                        over[0] = Ticker.SYSTEM.nanos() > end;
                    }
                    round.await();
                    if (over[0]) {
                        return served;
                    }
                    served += once(pool, hasty, breaks);
                }
            }));
        }
        int served = 0;
        for (Fixture.Running<Integer> user : users) {
            served += user.get();
        }
        assertThat(served).isPositive();
        assertThat(pool.stats().waiting()).isZero();
        assertThat(pool.stats().leased()).isZero();
    }

    /** In haste, the first tries end by a deadline or an interrupt at about the moment in which a slot may come. */
    private static Slot<String> acquire(QueuePool<String> pool, boolean hasty) throws Exception {
        for (int tries = 0; hasty && tries < 3; tries++) {
            long patience = ThreadLocalRandom.current().nextLong(20_000);
            try {
                if (tries == 1) {
                    Thread.currentThread().interrupt();
                }
                return pool.acquire(Deadline.inNanos(patience, Ticker.SYSTEM));
            } catch (CheckoutTimeoutException | InterruptedException hurry) {
                // tries again, and in the end patiently
            } finally {
                Thread.interrupted();
            }
        }
        return pool.acquire(NEVER);
    }

    private static int once(QueuePool<String> pool, boolean hasty, boolean breaks) throws Exception {
        Slot<String> slot = acquire(pool, hasty);
        int dice = ThreadLocalRandom.current().nextInt(8);
        if (slot.resource() == null) {
            if (breaks && dice < 4) {
                pool.abandon(slot);
                return 0;
            }
            pool.fill(slot, "c");
        }
        for (int i = ThreadLocalRandom.current().nextInt(200); i > 0; i--) {
            Thread.onSpinWait();
        }
        if (breaks && dice == 7) {
            pool.discard(slot);
        } else {
            pool.release(slot);
        }
        return 1;
    }
}
