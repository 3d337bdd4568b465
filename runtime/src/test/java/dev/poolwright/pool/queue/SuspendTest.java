package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static dev.poolwright.pool.Fixture.eventually;
import static dev.poolwright.pool.Fixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a pool is suspended nobody gets anything, and after it nothing is missing (S1). */
@Timeout(60)
class SuspendTest {

    private static final Deadline LONG = Deadline.in(Duration.ofMinutes(5), Ticker.SYSTEM);

    private final Fixture fixture = new Fixture();
    private final QueuePool<String> pool = fixture.livePool(STILL.withSize(2).withOverflow(0));

    @Test
    void who_asks_waits_although_one_is_idle_and_is_served_when_it_is_over() throws Exception {
        pool.release(pool.checkOut(NEVER));
        pool.suspend();
        pool.suspend();
        assertThat(pool.tryAcquireIdle()).isNull();
        assertThat(pool.stats().idle()).isEqualTo(1);
        assertThat(pool.stats().waiting()).isZero();
        Fixture.Running<Slot<String>> caller = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, caller);

        pool.resume();

        assertThat(caller.get().resource()).isEqualTo("c1");
    }

    @Test
    void who_asks_waits_although_there_is_room() throws Exception {
        pool.suspend();
        Fixture.Running<Slot<String>> one = async(() -> pool.checkOut(NEVER));
        Fixture.Running<Slot<String>> two = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 2, one, two);
        assertThat(fixture.db.opened()).isZero();

        pool.resume();

        assertThat(List.of(one.get().resource(), two.get().resource())).containsExactlyInAnyOrder("c1", "c2");
    }

    @Test
    void a_deadline_ends_the_wait_and_so_does_a_close() throws Exception {
        pool.release(pool.checkOut(NEVER));
        pool.suspend();
        assertThatThrownBy(() -> pool.checkOut(in(Duration.ofMillis(30)))).isInstanceOf(CheckoutTimeoutException.class);
        Fixture.Running<Slot<String>> caller = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, caller);
        pool.close();
        assertThatThrownBy(caller::get).hasCauseInstanceOf(EngineClosedException.class);
        assertThat(fixture.db.closed()).containsExactly("c1");
    }

    @Test
    void what_comes_back_stays_idle_whoever_waits() throws Exception {
        Slot<String> held = pool.checkOut(NEVER);
        pool.suspend();
        Fixture.Running<Slot<String>> caller = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, caller);

        pool.release(held);

        assertThat(pool.stats().idle()).isEqualTo(1);
        assertThat(pool.stats().leased()).isZero();
        assertThat(caller.result()).isNotDone();
        pool.resume();
        assertThat(caller.get()).isSameAs(held);
    }

    @Test
    void what_is_being_opened_meanwhile_is_put_aside_and_its_caller_waits() throws Exception {
        CountDownLatch network = new CountDownLatch(1);
        fixture.db.hangs(network);
        Fixture.Running<Slot<String>> caller = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 1, caller);
        pool.suspend();

        network.countDown();

        eventually(() -> pool.stats().idle() == 1);
        awaitWaiters(pool, 1, caller);
        assertThat(caller.result()).isNotDone();
        pool.resume();
        assertThat(caller.get().resource()).isEqualTo("c1");
    }

    @Test
    void a_dispose_closes_what_is_idle_all_the_same() throws Exception {
        Slot<String> held = pool.checkOut(NEVER);
        pool.release(pool.checkOut(NEVER));
        pool.suspend();
        pool.dispose();
        assertThat(fixture.db.closed()).containsExactly("c2");
        pool.release(held);
        assertThat(fixture.db.closed()).containsExactly("c2", "c1");
        pool.resume();
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c3");
    }

    @Test
    void a_thread_that_would_wait_for_itself_at_the_cap_waits_as_well() throws Exception {
        Fixture.checkOut(pool, 2);
        pool.suspend();
        Fixture.Running<Slot<String>> nested = async(() -> pool.checkOut(NEVER, () -> true));
        awaitWaiters(pool, 1, nested);
        pool.resume();
        assertThat(nested.get().resource()).isEqualTo("c3");
    }

    @Test
    void loses_nothing_however_often_it_happens_under_load() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Fixture.Running<Integer>> borrowers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            borrowers.add(async(() -> {
                int borrowed = 0;
                for (; !over.get(); borrowed++) {
                    pool.release(pool.checkOut(NEVER));
                }
                return borrowed;
            }));
        }
        long end = Ticker.SYSTEM.nanos() + 1_500_000_000L;
        int rounds = 0;
        for (; Ticker.SYSTEM.nanos() < end; rounds++) {
            pool.suspend();
            eventually(() -> pool.stats().leased() == 0);
            assertThat(pool.tryAcquireIdle()).as("round %d", rounds).isNull();
            pool.resume();
        }
        over.set(true);
        for (Fixture.Running<Integer> borrower : borrowers) {
            assertThat(borrower.get()).isPositive();
        }
        assertThat(rounds).isPositive();
        assertThat(pool.stats().waiting()).isZero();
        assertThat(Fixture.checkOut(pool, pool.stats().idle())).isNotEmpty();
    }
}
