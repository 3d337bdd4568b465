package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.NullPool;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limits of a pool change while it is in use. */
@Timeout(60)
class ResizeTest {

    private final Fixture fixture = new Fixture();

    @Test
    void more_room_wakes_all_who_wait_for_it() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));
        pool.checkOut(NEVER);
        Fixture.Running<Slot<String>> one = async(() -> pool.checkOut(NEVER));
        Fixture.Running<Slot<String>> two = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 2, one, two);

        pool.resize(2, 1);

        assertThat(List.of(one.get().resource(), two.get().resource())).containsExactlyInAnyOrder("c2", "c3");
        assertThat(pool.stats().size()).isEqualTo(2);
        assertThat(pool.stats().overflow()).isEqualTo(1);
    }

    @Test
    void less_room_closes_what_is_idle_at_once_and_what_is_leased_when_it_comes_back() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(4).withOverflow(0));
        List<Slot<String>> slots = Fixture.checkOut(pool, 4);
        Fixture.release(pool, slots.subList(0, 2));

        pool.resize(1, 0);

        assertThat(fixture.db.closed()).containsExactlyInAnyOrder("c1", "c2");
        pool.release(slots.get(2));
        assertThat(fixture.db.closed()).contains("c3");
        pool.release(slots.get(3));
        assertThat(pool.stats().idle()).isEqualTo(1);
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c4");
    }

    @Test
    void fewer_to_keep_closes_idle_ones_as_a_return_would_have() throws Exception {
        QueuePool<String> atOnce =
                fixture.pool(STILL.withSize(3).withOverflow(2).withLinger(Duration.ZERO));
        Fixture.release(atOnce, Fixture.checkOut(atOnce, 3));
        atOnce.resize(1, 4);
        assertThat(atOnce.stats().idle()).isEqualTo(1);

        QueuePool<String> lingering = fixture.pool(STILL.withSize(3).withOverflow(2));
        Fixture.release(lingering, Fixture.checkOut(lingering, 3));
        lingering.resize(1, 4);
        assertThat(lingering.stats().idle()).isEqualTo(3);
        fixture.pass(Duration.ofSeconds(5));
        assertThat(lingering.stats().idle()).isEqualTo(1);
    }

    @Test
    void fails_no_check_out_and_keeps_the_last_limits_under_load() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withSize(3).withOverflow(0));
        AtomicBoolean over = new AtomicBoolean();
        List<Fixture.Running<Integer>> borrowers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            borrowers.add(async(() -> {
                int borrowed = 0;
                for (; !over.get(); borrowed++) {
                    pool.release(pool.checkOut(NEVER));
                }
                return borrowed;
            }));
        }
        long end = Ticker.SYSTEM.nanos() + 1_000_000_000L;
        while (Ticker.SYSTEM.nanos() < end) {
            pool.resize(
                    1 + ThreadLocalRandom.current().nextInt(5),
                    ThreadLocalRandom.current().nextInt(3));
        }
        pool.resize(2, 1);
        over.set(true);
        for (Fixture.Running<Integer> borrower : borrowers) {
            assertThat(borrower.get()).isPositive();
        }
        assertThat(pool.stats().leased() + pool.stats().waiting()).isZero();
        assertThat(pool.stats().idle()).isLessThanOrEqualTo(3);
        assertThat(Fixture.checkOut(pool, 3)).hasSize(3);
        assertThatThrownBy(() -> pool.checkOut(Fixture.now())).hasMessageContaining("size 2 + overflow 1, 3 leased");
    }

    @Test
    void is_refused_where_nothing_is_kept() {
        NullPool<String> none = new NullPool<>(fixture.db, LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
        assertThatThrownBy(() -> none.resize(1, 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(none::suspend).isInstanceOf(UnsupportedOperationException.class);
    }
}
