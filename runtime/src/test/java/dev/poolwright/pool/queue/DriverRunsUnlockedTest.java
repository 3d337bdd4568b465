package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderDao;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever makes the pool call the outside, no lock is held meanwhile (P3). */
class DriverRunsUnlockedTest {

    private final Fixture fixture = new Fixture();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> locks = new ArrayList<>();

    @Test
    void when_opening_asking_and_closing() throws Exception {
        fixture.db.during(this::lookForLocks);
        QueuePool<String> pool = fixture.pool(
                STILL.withSize(4).withPingAfter(Duration.ofSeconds(1)).withIdleTimeout(Duration.ofMinutes(1)));

        List<Slot<String>> slots = Fixture.checkOut(pool, 4);
        pool.discard(slots.get(0));
        Fixture.release(pool, slots.subList(1, 4));
        fixture.pass(Duration.ofSeconds(2));
        pool.release(pool.checkOut(NEVER));
        pool.dropIdle(0);
        fixture.pass(Duration.ofMinutes(2));
        pool.release(pool.checkOut(NEVER));
        pool.dispose();

        assertThat(calls).hasValueGreaterThanOrEqualTo(11);
        assertThat(locks).isEmpty();
    }

    @Test
    void when_a_leak_is_closed_and_told() throws Exception {
        fixture.db.during(this::lookForLocks);
        AtomicInteger told = new AtomicInteger();
        LeakListener listener = (origin, heldNanos) -> {
            lookForLocks();
            told.incrementAndGet();
        };
        QueuePool<String> pool =
                new QueuePool<>(STILL, fixture.db, listener, new Housekeeper(Ticker.SYSTEM, 20_000_000));
        pool.checkOut(NEVER).lend(new Object(), OrderDao.origin());
        Fixture.eventually(() -> {
            System.gc();
            return told.get() == 1;
        });
        assertThat(locks).isEmpty();
    }

    private void lookForLocks() {
        calls.incrementAndGet();
        long me = Thread.currentThread().getId();
        ThreadInfo[] threads = ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {me}, true, true);
        for (MonitorInfo monitor : threads[0].getLockedMonitors()) {
            String owner = monitor.getLockedStackFrame().getClassName();
            if (owner.startsWith("dev.poolwright.") && !owner.endsWith("Test")) {
                locks.add(monitor.getLockedStackFrame().toString());
            }
        }
        for (LockInfo lock : threads[0].getLockedSynchronizers()) {
            if (!lock.getClassName().endsWith("ThreadPoolExecutor$Worker")) {
                locks.add(lock.toString());
            }
        }
    }
}
