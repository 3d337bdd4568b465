package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderDao;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every way in which room becomes free wakes a waiter (P5). */
class CapacityReleaseTest {

    private final Fixture fixture = new Fixture();
    private final QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));

    @Test
    void a_failed_opening_wakes_a_waiter() throws Exception {
        Slot<String> place = pool.acquire(NEVER);
        assertServedAfter(() -> pool.abandon(place), "c1");
    }

    @Test
    void a_failed_opening_wakes_a_waiter_that_is_starving() throws Exception {
        QueuePool<String> one = fixture.pool(STILL.withSize(1).withOverflow(0));
        Slot<String> place = one.acquire(NEVER);
        Fixture.Running<Slot<String>> waiter = async(() -> one.checkOut(NEVER));
        awaitWaiters(one, 1, waiter);
        fixture.ticker.advance(Duration.ofMillis(5));

        one.abandon(place);

        // Handed the place itself, so that nobody could come in between.
        assertThat(one.stats().waiting()).isZero();
        assertThat(waiter.get().resource()).isEqualTo("c1");
        assertThat(one.stats().leased()).isEqualTo(1);
    }

    @Test
    void a_discard_wakes_a_waiter() throws Exception {
        Slot<String> broken = pool.checkOut(NEVER);
        assertServedAfter(() -> pool.discard(broken), "c2");
    }

    @Test
    void a_return_of_a_disposed_one_wakes_a_waiter() throws Exception {
        Slot<String> slot = pool.checkOut(NEVER);
        pool.dispose();
        assertServedAfter(() -> pool.release(slot), "c2");
    }

    @Test
    void a_return_above_the_cap_wakes_no_waiter_but_the_next_one_does() throws Exception {
        Slot<String> first = pool.checkOut(NEVER);
        Slot<String> nested = pool.reserveBeyondCap();
        pool.fill(nested, "nested");
        Fixture.Running<Slot<String>> waiter = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, waiter);

        pool.release(nested);
        assertThat(fixture.db.closed()).containsExactly("nested");
        pool.release(first);
        assertThat(waiter.get().resource()).isEqualTo("c1");
    }

    @Test
    void a_closed_surplus_wakes_a_waiter() throws Exception {
        assertServedAfterClosing(pool -> pool.dropIdle(0));
    }

    @Test
    void an_expiry_wakes_a_waiter() throws Exception {
        assertServedAfterClosing(pool -> {
            fixture.ticker.advance(Duration.ofMinutes(1));
            pool.tick(fixture.ticker.nanos());
        });
    }

    @Test
    void a_dispose_wakes_a_waiter() throws Exception {
        assertServedAfterClosing(QueuePool::dispose);
    }

    @Test
    void a_reclaimed_leak_wakes_a_waiter() throws Exception {
        Housekeeper quick = new Housekeeper(Ticker.SYSTEM, 20_000_000);
        QueuePool<String> one =
                new QueuePool<>(STILL.withSize(1).withOverflow(0), fixture.db, LeakListener.silent(), quick);
        one.checkOut(NEVER).lend(new Object(), OrderDao.origin());
        Fixture.Running<Slot<String>> waiter = async(() -> one.checkOut(NEVER));
        awaitWaiters(one, 1, waiter);

        Fixture.eventually(() -> {
            System.gc();
            return waiter.result().isDone();
        });
        assertThat(waiter.get().resource()).isEqualTo("c2");
    }

    private void assertServedAfter(Runnable release, String resource) throws Exception {
        Fixture.Running<Slot<String>> waiter = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, waiter);

        release.run();

        assertThat(waiter.get().resource()).isEqualTo(resource);
        assertThat(pool.stats().leased()).isEqualTo(1);
    }

    /**
     * Room that becomes free by closing an idle one: a waiter enlists only if there is none idle, so the idle one is made
     * unfindable for the moment by hanging in its close, where it is RETIRING.
     */
    private void assertServedAfterClosing(Consumer<QueuePool<String>> closing) throws Exception {
        QueuePool<String> one = fixture.pool(STILL.withSize(1).withOverflow(0).withIdleTimeout(Duration.ofSeconds(1)));
        one.release(one.checkOut(NEVER));
        Fixture.Running<?>[] waiter = new Fixture.Running<?>[1];
        fixture.db.during(() -> {
            if (waiter[0] == null) {
                waiter[0] = async(() -> one.checkOut(NEVER));
                awaitWaiters(one, 1, waiter[0]);
            }
        });

        closing.accept(one);

        Slot<?> served = (Slot<?>) waiter[0].get();
        assertThat(served.resource()).isEqualTo("c2");
    }
}
