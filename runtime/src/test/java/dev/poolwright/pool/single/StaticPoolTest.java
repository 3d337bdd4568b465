package dev.poolwright.pool.single;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static dev.poolwright.pool.Fixture.in;
import static dev.poolwright.pool.Fixture.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolContract;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StaticPoolTest extends PoolContract {

    private final Fixture fixture = new Fixture();

    @Override
    protected Pool<String> pool(LeakListener listener, Housekeeper housekeeper) {
        return new StaticPool<>(PoolSettings.DEFAULT, db, listener, housekeeper);
    }

    private Pool<String> one(PoolSettings settings) {
        return new StaticPool<>(settings, db, LeakListener.silent(), fixture.housekeeper);
    }

    @Test
    void all_have_the_same_one_one_after_the_other() throws Exception {
        Pool<String> pool = one(PoolSettings.DEFAULT);
        AtomicInteger inUse = new AtomicInteger();
        List<Fixture.Running<Integer>> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(async(() -> {
                int most = 0;
                for (int n = 0; n < 2_000; n++) {
                    Slot<String> slot = pool.checkOut(NEVER);
                    most = Math.max(most, inUse.incrementAndGet());
                    inUse.decrementAndGet();
                    pool.release(slot);
                }
                return most;
            }));
        }
        for (Fixture.Running<Integer> user : users) {
            assertThat(user.get()).isEqualTo(1);
        }
        assertThat(db.opened()).isEqualTo(1);
        assertThat(db.closed()).isEmpty();
    }

    @Test
    void it_does_not_grow_old_and_is_not_given_up_for_others() throws Exception {
        Pool<String> pool = one(PoolSettings.DEFAULT.withPingAfter(Duration.ZERO));
        pool.release(pool.checkOut(NEVER));
        fixture.pass(Duration.ofDays(1000));

        assertThat(pool.longestIdleSince()).isEqualTo(Pool.NONE_IDLE);
        assertThat(pool.dropIdle(0)).isFalse();
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c1");
        assertThat(db.closed()).isEmpty();
    }

    @Test
    void a_broken_one_is_replaced_when_the_next_asks() throws Exception {
        Pool<String> pool = one(PoolSettings.DEFAULT);
        pool.discard(pool.checkOut(NEVER));
        assertThat(db.opened()).isEqualTo(1);
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c2");
    }

    @Test
    void who_has_it_and_asks_again_is_told_and_waits_whatever_the_rule_allows() throws Exception {
        Pool<String> pool = one(PoolSettings.DEFAULT);
        pool.checkOut(NEVER);
        AtomicBoolean told = new AtomicBoolean();

        assertThatThrownBy(() -> pool.checkOut(in(Duration.ofMillis(30)), () -> {
                    told.set(true);
                    return true;
                }))
                .isInstanceOf(CheckoutTimeoutException.class);

        assertThat(told).isTrue();
        assertThat(db.opened()).isEqualTo(1);
    }

    @Test
    void one_that_was_open_already_is_closed_at_its_return_where_the_one_is_lent() throws Exception {
        Pool<String> pool = one(PoolSettings.DEFAULT);
        Slot<String> first = pool.reserveBeyondCap();
        pool.fill(first, "first");
        Slot<String> second = pool.reserveBeyondCap();
        pool.fill(second, "second");
        pool.release(second);
        pool.release(first);
        assertThat(db.closed()).containsExactly("second");
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("first");
    }

    @Test
    void it_can_be_suspended_and_disposed_of_but_has_no_size_to_change() throws Exception {
        Pool<String> pool = one(PoolSettings.DEFAULT);
        pool.release(pool.checkOut(NEVER));
        pool.suspend();
        Fixture.Running<Slot<String>> caller = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, caller);
        assertThatThrownBy(() -> pool.acquire(now())).isInstanceOf(CheckoutTimeoutException.class);
        pool.dispose();
        assertThat(db.closed()).containsExactly("c1");
        pool.resume();
        assertThat(caller.get().resource()).isEqualTo("c2");
        assertThatThrownBy(() -> pool.resize(2, 0)).isInstanceOf(UnsupportedOperationException.class);
    }
}
