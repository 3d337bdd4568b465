package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.leak.LeakWatch;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Leases are converted and reclaimed while others end and begin; none but the leaked ones is taken away. */
class LeakRaceTest {

    private final Fixture fixture = new Fixture();
    private final AtomicInteger leaked = new AtomicInteger();
    private final AtomicInteger reclaimed = new AtomicInteger();
    private final AtomicInteger wronged = new AtomicInteger();

    @Test
    void takes_back_exactly_what_leaked() throws Exception {
        QueuePool<String> pool = new QueuePool<>(
                STILL.withOverflow(20),
                fixture.db,
                (origin, heldNanos) -> reclaimed.incrementAndGet(),
                fixture.housekeeper);
        long end = Ticker.SYSTEM.nanos() + TimeUnit.SECONDS.toNanos(2);
        List<Fixture.Running<Void>> users = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            users.add(async(() -> {
                while (Ticker.SYSTEM.nanos() < end) {
                    borrow(pool);
                }
                return null;
            }));
        }
        // Every tick is a second later: each lease that two of them see is converted.
        int rounds = 0;
        while (Ticker.SYSTEM.nanos() < end) {
            fixture.pass(Duration.ofSeconds(1));
            if (++rounds % 200 == 0) {
                System.gc();
            }
        }
        for (Fixture.Running<Void> user : users) {
            user.get();
        }
        Fixture.eventually(() -> {
            System.gc();
            fixture.pass(Duration.ofSeconds(1));
            return reclaimed.get() == leaked.get();
        });
        assertThat(leaked).hasPositiveValue();
        assertThat(wronged).hasValue(0);
        assertThat(pool.stats().leased()).isZero();
    }

    @Test
    void a_phantom_that_the_end_of_its_lease_did_not_see_is_inert() throws Exception {
        LeakWatch watch = new LeakWatch();
        List<String> taken = new ArrayList<>();
        Slot<String> slot = Slot.leased(new Slot.Owner<>() {
            @Override
            public void reclaim(Slot<String> reclaimed, @Nullable Origin origin, long heldNanos) {
                taken.add("taken");
            }
        });
        WeakReference<Object> first = lendFresh(slot);
        watch.observe(slot, 0);
        watch.observe(slot, TimeUnit.SECONDS.toNanos(1));
        // A release whose look at the phantom came too early: it does everything but clear it.
        assertThat(slot.leasedToIdle(slot.lease("to IDLE"))).isTrue();

        assertThat(slot.idleToLeased()).isTrue();
        slot.lend(this, null);
        Fixture.eventually(() -> {
            System.gc();
            return first.get() == null;
        });
        for (int i = 0; i < 20; i++) {
            System.gc();
            assertThat(watch.reclaim(0)).isZero();
        }
        assertThat(taken).isEmpty();
        assertThat(slot.isLeased()).isTrue();
    }

    private static WeakReference<Object> lendFresh(Slot<String> slot) {
        Object holder = new Object();
        slot.lend(holder, null);
        return new WeakReference<>(holder);
    }

    private void borrow(QueuePool<String> pool) throws Exception {
        Slot<String> slot;
        try {
            slot = pool.checkOut(Fixture.in(Duration.ofMillis(1)));
        } catch (CheckoutTimeoutException allLeaked) {
            return;
        }
        Object holder = new Object();
        slot.lend(holder, null);
        int dice = ThreadLocalRandom.current().nextInt(1000);
        if (dice < 5 && leaked.get() < 1000) {
            leaked.incrementAndGet();
            return;
        }
        String mine = String.valueOf(slot.resource());
        for (int i = dice; i > 0; i--) {
            Thread.onSpinWait();
        }
        if (!slot.isLeased() || !mine.equals(slot.resource())) {
            wronged.incrementAndGet();
        }
        try {
            pool.release(slot);
        } catch (IllegalStateException takenAway) {
            wronged.incrementAndGet();
        } finally {
            Reference.reachabilityFence(holder);
        }
    }
}
