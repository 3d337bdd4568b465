package dev.poolwright.pool;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.OrderDao;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.Origin;
import dev.poolwright.time.Ticker;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every pool does, whatever it keeps. */
public abstract class PoolContract {

    protected final StubLifecycle db = new StubLifecycle();

    protected abstract Pool<String> pool(LeakListener listener, Housekeeper housekeeper);

    private Pool<String> pool() {
        return pool(LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
    }

    @Test
    void opens_nothing_before_it_is_asked() {
        Pool<String> pool = pool();
        assertThat(db.opened()).isZero();
        assertThat(pool.stats().opened()).isZero();
        assertThat(pool.tryAcquireIdle()).isNull();
    }

    @Test
    void hands_out_a_place_and_lets_the_caller_open() throws Exception {
        Pool<String> pool = pool();
        Slot<String> slot = pool.acquire(NEVER);
        assertThat(slot.resource()).isNull();
        assertThat(db.opened()).isZero();

        pool.fill(slot, "mine");
        assertThat(slot.resource()).isEqualTo("mine");
        assertThat(pool.stats().opened()).isEqualTo(1);
        assertThat(pool.stats().leased()).isEqualTo(1);
    }

    /** For those that have more than one. */
    protected final void givesTwoThreadsAtOnceTwoResources() throws Exception {
        Pool<String> pool = pool();
        CyclicBarrier both = new CyclicBarrier(2);
        for (int round = 0; round < 1000; round++) {
            Fixture.Running<Slot<String>> other = async(() -> {
                both.await();
                return pool.checkOut(NEVER);
            });
            both.await();
            Slot<String> mine = pool.checkOut(NEVER);
            Slot<String> theirs = other.get();
            assertThat(mine.resource()).isNotEqualTo(theirs.resource());
            pool.release(mine);
            pool.release(theirs);
        }
    }

    @Test
    void throws_the_very_failure_of_the_opening_and_gives_the_place_back() throws Exception {
        Exception failure = new Exception("no route to host");
        db.failsWith(failure);
        Pool<String> pool = pool();

        assertThatThrownBy(() -> pool.checkOut(NEVER)).isSameAs(failure);
        assertThat(pool.stats().leased()).isZero();
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c1");
    }

    @Test
    void closes_what_is_discarded() throws Exception {
        Pool<String> pool = pool();
        pool.discard(pool.checkOut(NEVER));
        assertThat(db.closed()).containsExactly("c1");
        assertThat(pool.stats().closed()).isEqualTo(1);
        assertThat(pool.stats().leased()).isZero();
    }

    @Test
    void refuses_a_second_release_and_names_the_transition() throws Exception {
        Pool<String> pool = pool();
        Slot<String> slot = pool.checkOut(NEVER);
        pool.release(slot);
        assertThatThrownBy(() -> pool.release(slot))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot go from LEASED to");
        assertThatThrownBy(() -> pool.discard(slot)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refuses_to_abandon_a_slot_with_a_resource() throws Exception {
        Pool<String> pool = pool();
        Slot<String> slot = pool.checkOut(NEVER);
        assertThatThrownBy(() -> pool.abandon(slot))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("release or discard it");
        pool.release(slot);
    }

    @Test
    void refuses_after_close_and_closes_the_leased_ones_at_their_return() throws Exception {
        Pool<String> pool = pool();
        Slot<String> leased = pool.checkOut(NEVER);
        pool.close();

        assertThatThrownBy(() -> pool.acquire(NEVER)).isInstanceOf(EngineClosedException.class);
        assertThat(db.closed()).isEmpty();
        pool.release(leased);
        assertThat(db.closed()).containsExactly("c1");

        Slot<String> nested = pool.reserveBeyondCap();
        pool.fill(nested, "late");
        pool.release(nested);
        assertThat(db.closed()).containsExactly("c1", "late");
    }

    @Test
    void shows_who_holds_what() throws Exception {
        Pool<String> pool = pool();
        Object handle = new Object();
        Slot<String> slot = pool.checkOut(NEVER);
        slot.lend(handle, OrderDao.origin());
        pool.reserveBeyondCap(); // never lent: nobody to name

        List<String> held = new ArrayList<>();
        pool.forEachLeased(lent -> held.add(lent.resource() + " " + lent.origin()));
        assertThat(held).singleElement().asString().startsWith("c1 com.acme.OrderDao.origin(OrderDao.java:");

        pool.release(slot);
        assertThat(slot.isLent()).isFalse();
        assertThat(slot.origin()).isNull();
    }

    @Test
    void takes_back_what_nobody_can_reach_and_tells_the_line_that_took_it() throws Exception {
        BlockingQueue<Origin> leaks = new LinkedBlockingQueue<>();
        Pool<String> pool = pool(
                (origin, heldNanos) -> leaks.add(origin),
                new Housekeeper(Ticker.SYSTEM, TimeUnit.MILLISECONDS.toNanos(20)));
        pool.checkOut(NEVER).lend(new Object(), OrderDao.origin());
        Object kept = new Object();
        Slot<String> healthy = pool.reserveBeyondCap();
        pool.fill(healthy, "healthy");
        healthy.lend(kept, null);

        try {
            assertThat(nextLeak(leaks)).startsWith("com.acme.OrderDao.origin(OrderDao.java:");
            // It is closed after it was told; a pool that keeps none gives the place back before.
            Fixture.eventually(() -> pool.stats().leased() == 1 && !db.closed().isEmpty());
            assertThat(db.closed()).containsExactly("c1");
        } finally {
            Reference.reachabilityFence(kept);
        }
        pool.release(healthy);
    }

    private static String nextLeak(BlockingQueue<Origin> leaks) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            System.gc();
            Origin leak = leaks.poll(50, TimeUnit.MILLISECONDS);
            if (leak != null) {
                return leak.site();
            }
        }
        return "no leak within 5 s";
    }
}
