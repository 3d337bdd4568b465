package dev.poolwright.house;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.StubLifecycle;
import dev.poolwright.pool.queue.QueuePool;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HousekeeperTest {

    private static final long QUICK = 50_000;

    private final Fixture fixture = new Fixture();

    @Test
    void does_nothing_before_something_is_open() {
        Housekeeper housekeeper = new Housekeeper(Ticker.SYSTEM, QUICK);
        new QueuePool<>(STILL, fixture.db, LeakListener.silent(), housekeeper);
        assertThat(housekeeper.isRunning()).isFalse();
    }

    @Test
    void runs_one_daemon_thread_that_keeps_nothing_of_the_application() {
        Housekeeper housekeeper = new Housekeeper(Ticker.SYSTEM, QUICK);
        List<Thread> ticking = new CopyOnWriteArrayList<>();
        for (int i = 1; i <= 2; i++) {
            Housekeeper.Watch[] watch = new Housekeeper.Watch[1];
            watch[0] = housekeeper.watch(now -> {
                ticking.add(Thread.currentThread());
                watch[0].clock().stop();
                return 0;
            });
            watch[0].start();
            int ticks = i;
            eventually(() -> ticking.size() == ticks);
        }
        Thread thread = ticking.get(1);
        assertThat(thread.getName()).isEqualTo("poolwright-housekeeper");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getContextClassLoader()).isNull();
        eventually(() -> !housekeeper.isRunning());
        eventually(() -> !thread.isAlive());
    }

    @Test
    void starts_and_ends_a_thousand_times_and_never_leaves_one_behind() throws Exception {
        Housekeeper housekeeper = new Housekeeper(Ticker.SYSTEM, QUICK);
        QueuePool<String> pool = new QueuePool<>(
                STILL.withIdleTimeout(Duration.ofNanos(1)), fixture.db, LeakListener.silent(), housekeeper);
        for (int round = 1; round <= 1000; round++) {
            pool.release(pool.checkOut(NEVER));
            int closed = round;
            // Each round, a thread that ends meets a check-out that starts one; a lost start would hang here.
            eventually(() -> fixture.db.closed().size() >= closed);
            if (round % 2 == 0) {
                eventually(() -> !housekeeper.isRunning());
            }
        }
        assertThat(housekeeper.failedTicks()).isZero();
    }

    @Test
    void rests_while_what_is_idle_never_expires_and_wakes_for_the_next_check_out() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withPingAfter(Duration.ofSeconds(30)));
        pool.release(pool.checkOut(NEVER));
        fixture.pass(Duration.ofMillis(250));
        assertThat(pool.tick(fixture.ticker.nanos())).isZero();

        // Nobody keeps the clock: a hit must not believe it.
        fixture.ticker.advance(Duration.ofMinutes(5));
        assertThat(pool.tryAcquireIdle()).isNull();
        Slot<String> slot = pool.checkOut(NEVER);
        assertThat(fixture.db.pinged()).containsExactly("c1");

        pool.release(slot);
        assertThat(pool.tryAcquireIdle()).isSameAs(slot);
        fixture.pass(Duration.ofMillis(250));
        assertThat(pool.tick(fixture.ticker.nanos())).isEqualTo(1);
    }

    @Test
    void the_time_is_that_of_the_last_tick_or_the_real_one_while_it_rests() {
        Housekeeper.Watch watch = fixture.housekeeper.watch(fixture.pool(STILL));
        assertThat(watch.nanos()).isEqualTo(fixture.ticker.nanos());

        watch.start();
        long started = fixture.ticker.nanos();
        fixture.ticker.advance(Duration.ofSeconds(1));
        assertThat(watch.nanos()).isEqualTo(started);
    }

    @Test
    void never_rests_while_something_is_leased() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL);
        Fixture.release(pool, Fixture.checkOut(pool, 2));
        AtomicInteger ticks = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Fixture.Running<Void> ticking = Fixture.async(() -> {
            while (!over.get()) {
                fixture.housekeeper.tickAll();
                ticks.incrementAndGet();
            }
            return null;
        });
        for (int round = 0; round < 3000; round++) {
            Slot<String> leased = pool.checkOut(NEVER);
            int before = ticks.get();
            Fixture.spinUntil(() -> ticks.get() > before + 1);
            // A hit believes a clock that runs: this one must, for a whole tick has seen the lease.
            Slot<String> hit = pool.tryAcquireIdle();
            assertThat(hit).as("round %d", round).isNotNull();
            Fixture.release(pool, Stream.of(leased, hit).toList());
        }
        over.set(true);
        ticking.get();
    }

    @Test
    void the_failing_tick_of_one_pool_is_counted_and_stops_no_other() throws Exception {
        PoolSettings brief = STILL.withIdleTimeout(Duration.ofSeconds(1));
        StubLifecycle bad = new StubLifecycle();
        QueuePool<String> failing = new QueuePool<>(brief, bad, LeakListener.silent(), fixture.housekeeper);
        failing.release(failing.checkOut(NEVER));
        QueuePool<String> healthy = fixture.pool(brief);
        healthy.release(healthy.checkOut(NEVER));
        bad.during(() -> {
            throw new IllegalStateException("driver bug");
        });

        fixture.pass(Duration.ofSeconds(2));

        assertThat(fixture.housekeeper.failedTicks()).isEqualTo(1);
        assertThat(fixture.db.closed()).containsExactly("c1");
        assertThat(failing.stats().idle() + failing.stats().leased()).isZero();
    }
}
