package dev.poolwright.pool;

import static dev.poolwright.pool.Fixture.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.time.Ticker;
import java.util.List;
import org.junit.jupiter.api.Test;

class NullPoolTest extends PoolContract {

    @Override
    protected Pool<String> pool(LeakListener listener, Housekeeper housekeeper) {
        return new NullPool<>(db, listener, housekeeper);
    }

    @Test
    void opens_at_every_check_out_and_closes_at_every_return() throws Exception {
        Pool<String> pool = new NullPool<>(db, LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
        for (int i = 0; i < 3; i++) {
            pool.release(pool.checkOut(NEVER));
        }
        assertThat(db.opened()).isEqualTo(3);
        assertThat(db.closed()).isEqualTo(List.of("c1", "c2", "c3"));
        assertThat(pool.stats().idle()).isZero();
    }

    @Test
    void has_no_limit_and_forgets_its_slots_after_a_burst() throws Exception {
        NullPool<String> pool = new NullPool<>(db, LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
        List<Slot<String>> many = Fixture.checkOut(pool, 200);
        assertThat(pool.stats().leased()).isEqualTo(200);
        Fixture.release(pool, many);
        assertThat(pool.tick(Ticker.SYSTEM.nanos())).isZero();
        assertThat(db.closed()).hasSize(200);
    }

    @Test
    void gives_two_threads_at_once_two_resources() throws Exception {
        givesTwoThreadsAtOnceTwoResources();
    }
}
