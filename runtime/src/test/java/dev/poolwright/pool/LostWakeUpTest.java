package dev.poolwright.pool;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Rounds of a few threads that take one each, and then nobody else comes: whoever missed its wake-up sleeps for ever
 * (P4, P6).
 */
class LostWakeUpTest {

    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(1200);

    private final Fixture fixture = new Fixture();

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
