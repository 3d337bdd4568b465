package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CheckOutTest {

    private final Fixture fixture = new Fixture();
    private final QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));

    @Test
    void lends_the_same_one_again() throws Exception {
        pool.release(pool.checkOut(NEVER));
        Slot<String> slot = pool.tryAcquireIdle();
        assertThat(slot).asString().isEqualTo("slot LEASED c1");
        assertThat(pool.tryAcquireIdle()).isNull();
    }

    @Test
    void waits_for_a_return_when_size_and_overflow_are_leased() throws Exception {
        Slot<String> first = pool.checkOut(NEVER);
        Fixture.Running<Slot<String>> second = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, second);

        pool.release(first);

        assertThat(second.get().resource()).isEqualTo("c1");
        assertThat(fixture.db.opened()).isEqualTo(1);
        assertThat(pool.stats().waiting()).isZero();
    }

    @Test
    void gives_up_in_time_and_says_the_counts() throws Exception {
        QueuePool<String> three = fixture.livePool(STILL);
        List<Slot<String>> held = Fixture.checkOut(three, 3);

        CheckoutTimeoutException late = catchThrowableOfType(
                CheckoutTimeoutException.class, () -> three.checkOut(Fixture.in(Duration.ofMillis(300))));

        assertThat(late).hasMessageContaining("size 2 + overflow 1, 3 leased, 0 idle, 0 waiting");
        assertThat(Duration.ofNanos(late.waitedNanos())).isBetween(Duration.ofMillis(299), Duration.ofMillis(900));
        Fixture.release(three, held);
    }

    @Test
    void does_not_wait_when_the_deadline_is_past() throws Exception {
        Slot<String> held = pool.checkOut(NEVER);
        assertThatThrownBy(() -> pool.checkOut(Fixture.now())).isInstanceOf(CheckoutTimeoutException.class);
        pool.release(held);
        assertThat(pool.checkOut(Fixture.now()).resource()).isEqualTo("c1");
    }

    @Test
    void ends_a_wait_at_an_interrupt_and_loses_nothing() throws Exception {
        Slot<String> held = pool.checkOut(NEVER);
        Fixture.Running<Slot<String>> waiter = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, waiter);

        waiter.thread().interrupt();

        assertThatThrownBy(waiter::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(pool.stats().waiting()).isZero();
        pool.release(held);
        assertThat(pool.tryAcquireIdle()).isNotNull();
    }

    @Test
    void gives_an_interrupted_thread_a_place_where_there_is_room() throws Exception {
        boolean stillInterrupted = async(() -> {
                    Thread.currentThread().interrupt();
                    Slot<String> place = pool.acquire(NEVER);
                    pool.abandon(place);
                    return Thread.interrupted();
                })
                .get();
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void ends_all_waits_at_close() throws Exception {
        pool.checkOut(NEVER);
        Fixture.Running<Slot<String>> one = async(() -> pool.checkOut(NEVER));
        Fixture.Running<Slot<String>> two = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 2, one, two);

        pool.close();

        assertThatThrownBy(one::get).hasCauseInstanceOf(EngineClosedException.class);
        assertThatThrownBy(two::get).hasCauseInstanceOf(EngineClosedException.class);
    }

    @Test
    void serves_waiters_by_returns_while_an_opening_hangs() throws Exception {
        QueuePool<String> two = fixture.livePool(STILL.withOverflow(0));
        Slot<String> held = two.checkOut(NEVER);
        CountDownLatch network = new CountDownLatch(1);
        fixture.db.hangs(network);
        Fixture.Running<Slot<String>> hanging = async(() -> two.checkOut(NEVER));
        Fixture.eventually(() -> two.stats().leased() == 2);
        Fixture.Running<Slot<String>> waiter = async(() -> two.checkOut(NEVER));
        awaitWaiters(two, 1, waiter);

        two.release(held);

        assertThat(waiter.get().resource()).isEqualTo("c1");
        network.countDown();
        assertThat(hanging.get().resource()).isEqualTo("c2");
    }
}
