package dev.poolwright.pool;

import static dev.poolwright.pool.Fixture.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    private static final class Told implements Receiver<String> {

        private final BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();

        @Override
        public void receive(Slot<String> slot) {
            outcome.add(slot);
        }

        @Override
        public void refused(Throwable why) {
            outcome.add(why);
        }
    }

    @Test
    void tells_those_whose_opening_is_under_way_that_it_is_closed() throws Exception {
        NullPool<String> pool = new NullPool<>(db, LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
        CountDownLatch gate = new CountDownLatch(1);
        db.hangs(gate);
        Told told = new Told();
        pool.checkOutLater(NEVER, told);
        pool.close();
        assertThat(told.outcome.poll(10, TimeUnit.SECONDS)).isInstanceOf(EngineClosedException.class);
        gate.countDown();
        Fixture.eventually(() -> pool.stats().leased() == 0 && db.closed().size() == 1);
        assertThat(told.outcome).isEmpty();
    }

    @Test
    void keeps_no_place_for_an_opening_that_is_not_even_made() {
        Lifecycle<String> broken = new Lifecycle<>() {
            @Override
            public String open() {
                return "never";
            }

            @Override
            public Callable<String> opening() {
                throw new IllegalStateException("no context");
            }

            @Override
            public boolean isAlive(String resource) {
                return true;
            }

            @Override
            public void close(String resource) {}
        };
        NullPool<String> pool = new NullPool<>(broken, LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
        Told told = new Told();
        pool.checkOutLater(NEVER, told);
        assertThat(told.outcome.poll()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pool.checkOut(Fixture.in(Duration.ofMinutes(1))))
                .hasMessage("no context");
        assertThat(pool.stats().leased()).isZero();
    }
}
