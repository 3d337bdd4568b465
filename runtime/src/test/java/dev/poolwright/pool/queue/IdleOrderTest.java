package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of several idle resources is next. */
@Timeout(60)
class IdleOrderTest {

    private final Fixture fixture = new Fixture();

    private QueuePool<String> pool(IdleOrder order, PoolSettings settings) {
        return new QueuePool<>(settings, fixture.db, LeakListener.silent(), fixture.housekeeper, order);
    }

    /** A pool with c1 to c5 idle, come back in this order, a microsecond apart. */
    private QueuePool<String> filled(IdleOrder order, PoolSettings settings) throws Exception {
        QueuePool<String> pool = pool(order, settings);
        for (Slot<String> slot : Fixture.checkOut(pool, 5)) {
            giveBack(pool, slot);
        }
        return pool;
    }

    private void giveBack(QueuePool<String> pool, Slot<String> slot) {
        fixture.ticker.advance(Duration.ofNanos(1000));
        pool.release(slot);
    }

    @Test
    void fifo_uses_all_in_turn() throws Exception {
        QueuePool<String> pool = filled(IdleOrder.OLDEST_FIRST, STILL.withSize(5));
        List<String> lent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Slot<String> slot = pool.checkOut(NEVER);
            lent.add(slot.resource());
            giveBack(pool, slot);
        }
        assertThat(lent).containsExactly("c1", "c2", "c3", "c4", "c5", "c1", "c2", "c3", "c4", "c5");
    }

    @Test
    void fifo_keeps_all_of_them_from_expiring_where_all_are_needed_in_turn() throws Exception {
        QueuePool<String> pool =
                filled(IdleOrder.OLDEST_FIRST, STILL.withSize(5).withIdleTimeout(Duration.ofSeconds(30)));
        for (int second = 0; second < 120; second++) {
            fixture.pass(Duration.ofSeconds(1));
            giveBack(pool, pool.checkOut(NEVER));
        }
        assertThat(fixture.db.closed()).isEmpty();
    }

    @Test
    void lifo_lends_what_came_back_last() throws Exception {
        QueuePool<String> pool = filled(IdleOrder.NEWEST_FIRST, STILL.withSize(5));
        List<Slot<String>> two = Fixture.checkOut(pool, 2);
        assertThat(two).extracting(Slot::resource).containsExactly("c5", "c4");
        giveBack(pool, two.get(0));
        giveBack(pool, two.get(1));
        assertThat(pool.tryAcquireIdle().resource()).isEqualTo("c4");
    }

    @Test
    void lifo_lets_those_expire_that_are_not_needed() throws Exception {
        QueuePool<String> pool =
                filled(IdleOrder.NEWEST_FIRST, STILL.withSize(5).withIdleTimeout(Duration.ofSeconds(30)));
        for (int second = 0; second < 120; second++) {
            fixture.pass(Duration.ofSeconds(1));
            giveBack(pool, pool.checkOut(NEVER));
        }
        assertThat(fixture.db.closed()).containsExactlyInAnyOrder("c1", "c2", "c3", "c4");
        assertThat(fixture.db.opened()).isEqualTo(5);
    }

    @Test
    void by_default_a_thread_finds_what_it_returned_last() throws Exception {
        QueuePool<String> pool = filled(null, STILL.withSize(5));
        Slot<String> slot = pool.checkOut(NEVER);
        for (int i = 0; i < 5; i++) {
            giveBack(pool, slot);
            assertThat(pool.checkOut(NEVER)).isSameAs(slot);
        }
    }

    @Test
    void no_resource_is_lent_twice_where_threads_are_after_the_same_one() throws Exception {
        for (IdleOrder order : IdleOrder.values()) {
            QueuePool<String> pool = pool(order, STILL.withSize(2).withOverflow(0));
            Set<String> inUse = ConcurrentHashMap.newKeySet();
            List<Fixture.Running<Void>> users = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                users.add(async(() -> {
                    for (int n = 0; n < 5_000; n++) {
                        Slot<String> slot = pool.checkOut(NEVER);
                        assertThat(inUse.add(slot.resource())).isTrue();
                        inUse.remove(slot.resource());
                        pool.release(slot);
                    }
                    return null;
                }));
            }
            for (Fixture.Running<Void> user : users) {
                user.get();
            }
            assertThat(pool.stats().leased()).isZero();
        }
    }
}
