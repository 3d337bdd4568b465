package dev.poolwright.pool.single;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.OrderDao;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.AlreadyLeasedException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolContract;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Receiver;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AssertionPoolTest extends PoolContract {

    private static final Deadline LONG = Deadline.in(Duration.ofMinutes(5), Ticker.SYSTEM);

    private final Pool<String> pool = pool(LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));

    @Override
    protected Pool<String> pool(LeakListener listener, Housekeeper housekeeper) {
        return new AssertionPool<>(PoolSettings.DEFAULT, db, listener, housekeeper);
    }

    @Test
    void a_second_check_out_fails_at_once_and_names_the_line_of_the_first() throws Exception {
        Slot<String> first = pool.checkOut(NEVER);
        Object holder = new Object();
        first.lend(holder, OrderDao.origin());
        try {
            assertThatThrownBy(() -> pool.checkOut(NEVER))
                    .isInstanceOf(AlreadyLeasedException.class)
                    .hasMessageContaining("acquired at com.acme.OrderDao.origin(OrderDao.java:");
            assertThatThrownBy(() -> pool.checkOut(LONG)).isInstanceOf(AlreadyLeasedException.class);
            assertThatThrownBy(() -> pool.acquire(NEVER)).isInstanceOf(AlreadyLeasedException.class);
            assertThat(pool.tryAcquireIdle()).isNull();
            assertThat(db.opened()).isEqualTo(1);
        } finally {
            Reference.reachabilityFence(holder);
        }
    }

    @Test
    void lends_the_same_one_again_after_every_way_of_giving_it_back() throws Exception {
        pool.release(pool.checkOut(NEVER));
        Slot<String> idle = pool.tryAcquireIdle();
        assertThat(idle.resource()).isEqualTo("c1");
        assertThat(pool.releaseUnshared(idle, idle.word())).isTrue();
        pool.discard(pool.checkOut(LONG));
        pool.abandon(pool.acquire(NEVER));
        db.failsWith(new Exception("no route to host"));
        assertThatThrownBy(() -> pool.checkOut(NEVER)).hasMessage("no route to host");
        db.failsWith(new Exception("no route to host"));
        assertThatThrownBy(() -> pool.checkOut(LONG)).hasMessage("no route to host");

        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c2");
        assertThatThrownBy(() -> pool.checkOut(NEVER)).isInstanceOf(AlreadyLeasedException.class);
    }

    @Test
    void lends_again_once_a_leak_is_reclaimed() throws Exception {
        Housekeeper live = new Housekeeper(Ticker.SYSTEM, TimeUnit.MILLISECONDS.toNanos(20));
        Pool<String> watched = pool(LeakListener.silent(), live);
        watched.checkOut(NEVER).lend(new Object(), null);
        Fixture.eventually(() -> {
            System.gc();
            return !db.closed().isEmpty();
        });
        assertThat(watched.checkOut(NEVER).resource()).isEqualTo("c2");
    }

    @Test
    void of_two_threads_that_ask_at_once_one_has_it_and_one_is_refused() throws Exception {
        for (int round = 0; round < 500; round++) {
            CyclicBarrier together = new CyclicBarrier(2);
            List<Fixture.Running<Slot<String>>> callers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                callers.add(async(() -> {
                    together.await();
                    try {
                        return pool.checkOut(NEVER);
                    } catch (AlreadyLeasedException refused) {
                        return null;
                    }
                }));
            }
            Slot<String> one = callers.get(0).get();
            Slot<String> other = callers.get(1).get();
            assertThat(one == null).as("round %d", round).isNotEqualTo(other == null);
            pool.release(one == null ? other : one);
        }
        assertThat(db.opened()).isEqualTo(1);
    }

    @Test
    void an_open_one_that_comes_in_beside_the_first_counts_until_both_are_back() throws Exception {
        Slot<String> first = pool.checkOut(NEVER);
        Slot<String> second = pool.reserveBeyondCap();
        pool.fill(second, "second");
        pool.release(first);
        assertThatThrownBy(() -> pool.checkOut(NEVER)).isInstanceOf(AlreadyLeasedException.class);
        pool.release(second);
        pool.release(pool.checkOut(NEVER));
    }

    @Test
    void lends_again_after_an_opening_that_was_not_even_made() throws Exception {
        AtomicBoolean breaks = new AtomicBoolean(true);
        Lifecycle<String> breaking = new Lifecycle<>() {
            @Override
            public String open() {
                return "c";
            }

            @Override
            public Callable<String> opening() {
                if (breaks.get()) {
                    throw new IllegalStateException("no context");
                }
                return this::open;
            }

            @Override
            public boolean isAlive(String resource) {
                return true;
            }

            @Override
            public void close(String resource) {}
        };
        Pool<String> once = new AssertionPool<>(
                PoolSettings.DEFAULT, breaking, LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
        CompletableFuture<Slot<String>> asked = new CompletableFuture<>();
        Receiver<String> receiver = new Receiver<>() {
            @Override
            public void receive(Slot<String> slot) {
                asked.complete(slot);
            }

            @Override
            public void refused(Throwable why) {
                asked.completeExceptionally(why);
            }
        };
        assertThatThrownBy(() -> once.checkOutLater(NEVER, receiver)).hasMessage("no context");
        breaks.set(false);
        once.release(once.checkOut(NEVER));
    }
}
