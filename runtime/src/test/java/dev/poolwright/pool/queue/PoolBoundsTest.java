package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PoolBoundsTest {

    private final Fixture fixture = new Fixture();

    @Test
    void keeps_size_and_closes_the_overflow_at_its_return_without_linger() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withLinger(Duration.ZERO));
        Fixture.release(pool, Fixture.checkOut(pool, 3));
        assertThat(pool.stats().idle()).isEqualTo(2);
        assertThat(fixture.db.closed()).hasSize(1);
    }

    @Test
    void opens_without_limit_when_overflow_is_minus_one() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withOverflow(-1).withLinger(Duration.ZERO));
        Fixture.release(pool, Fixture.checkOut(pool, 100));
        assertThat(fixture.db.opened()).isEqualTo(100);
        assertThat(pool.stats().idle()).isEqualTo(2);
        assertThat(fixture.db.closed()).hasSize(98);
    }

    @Test
    void keeps_none_of_size_zero() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(0).withLinger(Duration.ZERO));
        pool.release(pool.checkOut(NEVER));
        assertThat(fixture.db.closed()).containsExactly("c1");
    }

    @Test
    void lets_a_thread_nest_beyond_the_cap_and_comes_back_below_it() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL);
        List<Slot<String>> held = Fixture.checkOut(pool, 3);
        Slot<String> nested = pool.reserveBeyondCap();
        assertThat(nested.resource()).isNull();
        pool.fill(nested, "nested");
        assertThat(pool.stats().leased()).isEqualTo(4);

        pool.release(nested);
        Fixture.release(pool, held);

        assertThat(fixture.db.closed()).containsExactly("nested");
        assertThat(pool.stats().idle()).isEqualTo(3);
    }

    @Test
    void never_leases_more_than_the_cap_and_starves_nobody() throws Exception {
        int cap = 5;
        QueuePool<String> pool = fixture.livePool(STILL.withSize(cap).withOverflow(0));
        AtomicInteger leased = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        long end = Ticker.SYSTEM.nanos() + TimeUnit.MILLISECONDS.toNanos(1500);
        List<Fixture.Running<Long>> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            threads.add(async(() -> {
                long longest = 0;
                while (Ticker.SYSTEM.nanos() < end) {
                    long start = Ticker.SYSTEM.nanos();
                    Slot<String> slot = pool.checkOut(NEVER);
                    longest = Math.max(longest, Ticker.SYSTEM.nanos() - start);
                    most.accumulateAndGet(leased.incrementAndGet(), Math::max);
                    TimeUnit.MICROSECONDS.sleep(200); // holds it
                    leased.decrementAndGet();
                    pool.release(slot);
                }
                return longest;
            }));
        }
        long longest = 0;
        for (Fixture.Running<Long> thread : threads) {
            longest = Math.max(longest, thread.get());
        }
        assertThat(most).hasValue(cap);
        assertThat(fixture.db.opened()).isEqualTo(cap);
        // Fair share: 100 threads on 5 slots held for 0.3 ms wait 6 ms; pure barging has waits of half a second.
        assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofMillis(300));
    }
}
