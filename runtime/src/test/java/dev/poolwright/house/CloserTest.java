package dev.poolwright.house;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderDao;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.NullPool;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.StubLifecycle;
import dev.poolwright.pool.queue.QueuePool;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that do not answer the goodbye of a connection. */
@Timeout(30)
class CloserTest {

    private static final PoolSettings BRIEF = STILL.withIdleTimeout(Duration.ofNanos(1));

    private final Housekeeper housekeeper = new Housekeeper(Ticker.SYSTEM, 1_000_000);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Set<Thread> closing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger closed = new AtomicInteger();

    private final Lifecycle<String> frozen = new Lifecycle<>() {
        @Override
        public String open() {
            return "frozen";
        }

        @Override
        public boolean isAlive(String resource) {
            return true;
        }

        @Override
        public void close(String resource) {
            closing.add(Thread.currentThread());
            await(answer);
            closed.incrementAndGet();
        }
    };

    @AfterEach
    void answerAtLast() {
        answer.countDown();
        eventually(() -> housekeeper.pendingAside() == 0);
        for (Thread thread : closing) {
            if (thread.getName().equals("poolwright-closer")) {
                eventually(() -> !thread.isAlive());
            }
        }
        assertThat(housekeeper.failedTicks()).isZero();
    }

    @Test
    void that_expire_stop_no_other_pool() throws Exception {
        QueuePool<String> stuck = pool(BRIEF);
        Fixture.release(stuck, Fixture.checkOut(stuck, 2));
        eventually(() -> !closing.isEmpty());

        assertOthersAreServed();
        assertThat(closed).hasValue(0);
    }

    @Test
    void that_leaked_stop_no_other_pool() throws Exception {
        for (Pool<String> stuck : List.of(pool(STILL), new NullPool<>(frozen, LeakListener.silent(), housekeeper))) {
            closing.clear();
            stuck.checkOut(NEVER).lend(new Object(), OrderDao.origin());
            eventually(() -> {
                System.gc();
                return !closing.isEmpty();
            });
            assertOthersAreServed();
        }
        assertThat(closed).hasValue(0);
    }

    private void assertOthersAreServed() throws Exception {
        StubLifecycle db = new StubLifecycle();
        QueuePool<String> other = new QueuePool<>(BRIEF, db, LeakListener.silent(), housekeeper);
        other.release(other.checkOut(NEVER));
        eventually(() -> db.closed().size() == 1);
    }

    @Test
    void keep_one_thread_per_pool_and_eight_in_all() throws Exception {
        for (int i = 0; i < 2 * Housekeeper.MAX_CLOSERS; i++) {
            QueuePool<String> stuck = pool(BRIEF);
            Fixture.release(stuck, Fixture.checkOut(stuck, 2));
        }
        eventually(() -> housekeeper.pendingAside() == 4 * Housekeeper.MAX_CLOSERS);
        eventually(() -> closing.size() == Housekeeper.MAX_CLOSERS);
        assertThat(closing).allMatch(Thread::isDaemon).allMatch(thread -> thread.getContextClassLoader() == null);

        answer.countDown();
        eventually(() -> closed.get() == 4 * Housekeeper.MAX_CLOSERS);
        assertThat(closing).hasSize(Housekeeper.MAX_CLOSERS);
    }

    @Test
    void of_one_pool_wait_for_each_other() throws Exception {
        QueuePool<String> stuck = pool(BRIEF.withSize(5));
        Fixture.release(stuck, Fixture.checkOut(stuck, 5));
        eventually(() -> housekeeper.pendingAside() == 5);
        eventually(() -> closing.size() == 1);
    }

    @Test
    void let_go_whoever_disposes_and_whoever_needs_room_after_his_patience() throws Exception {
        QueuePool<String> stuck = pool(STILL.withSize(3));
        Fixture.release(stuck, Fixture.checkOut(stuck, 3));

        assertThat(async(() -> stuck.dropIdle(0)).get()).isTrue();
        assertThat(async(() -> stuck.dropIdle(1_000_000)).get()).isTrue();
        async(() -> {
                    stuck.disposeAside();
                    return null;
                })
                .get();
        assertThat(stuck.stats().idle()).isZero();
        assertThat(closed).hasValue(0);
    }

    @Test
    void that_answer_are_awaited_by_whoever_needs_the_room() throws Exception {
        answer.countDown();
        QueuePool<String> pool = pool(STILL);
        List<Slot<String>> slots = new ArrayList<>(Fixture.checkOut(pool, 2));
        Fixture.release(pool, slots);
        assertThat(pool.dropIdle(10_000_000_000L)).isTrue();
        assertThat(closed).hasValue(1);
    }

    private QueuePool<String> pool(PoolSettings settings) {
        return new QueuePool<>(settings.withOverflow(-1), frozen, LeakListener.silent(), housekeeper);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
