package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static dev.poolwright.pool.Fixture.eventually;
import static dev.poolwright.pool.Fixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.NullPool;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A check-out with a deadline waits for a slot and its deadline, and for nothing else (E1, E2). */
@Timeout(60)
class DeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Deadline LONG = Deadline.in(Duration.ofMinutes(5), Ticker.SYSTEM);

    private final Fixture fixture = new Fixture();
    private final CountDownLatch network = new CountDownLatch(1);

    @AfterEach
    void answerAtLast() {
        network.countDown();
        eventually(() -> openers() == 0);
    }

    /** Threads that open, of this JVM. */
    private static long openers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("poolwright-opener"))
                .count();
    }

    private QueuePool<String> pool(int cap) {
        return fixture.livePool(STILL.withSize(cap).withOverflow(0));
    }

    private void nextOpeningHangs() {
        fixture.db.hangs(network);
    }

    private void othersDoNot() {
        fixture.db.hangs(new CountDownLatch(0));
    }

    @Test
    void opens_on_a_daemon_thread_that_ends_with_that() throws Exception {
        List<Thread> opening = new ArrayList<>();
        fixture.db.during(() -> opening.add(Thread.currentThread()));
        assertThat(pool(1).checkOut(LONG).resource()).isEqualTo("c1");
        assertThat(opening.get(0).getName()).isEqualTo("poolwright-opener");
        assertThat(opening.get(0).isDaemon()).isTrue();
        eventually(() -> !opening.get(0).isAlive());
    }

    @Test
    void an_opening_that_hangs_costs_its_own_caller_the_deadline_and_no_other_anything() throws Exception {
        QueuePool<String> pool = pool(2);
        nextOpeningHangs();
        CheckoutTimeoutException late =
                catchThrowableOfType(CheckoutTimeoutException.class, () -> pool.checkOut(in(SHORT)));
        assertThat(late.openings()).isEqualTo(1);
        assertThat(late.longestOpeningNanos()).isGreaterThan(SHORT.toNanos() / 2);
        othersDoNot();
        assertThat(pool.checkOut(LONG).resource()).isEqualTo("c1");
        assertThat(pool.stats().leased()).isEqualTo(2); // the one that hangs has its place
    }

    @Test
    void what_is_opened_for_a_caller_that_gave_up_goes_to_the_next_waiter() throws Exception {
        QueuePool<String> pool = pool(1);
        nextOpeningHangs();
        assertThatThrownBy(() -> pool.checkOut(in(SHORT))).isInstanceOf(CheckoutTimeoutException.class);
        Fixture.Running<Slot<String>> next = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 1, next);

        network.countDown();

        assertThat(next.get().resource()).isEqualTo("c1");
        assertThat(fixture.db.opened()).isEqualTo(1);
    }

    @Test
    void or_becomes_idle() throws Exception {
        QueuePool<String> pool = pool(1);
        nextOpeningHangs();
        assertThatThrownBy(() -> pool.checkOut(in(SHORT))).isInstanceOf(CheckoutTimeoutException.class);

        network.countDown();

        eventually(() -> pool.stats().idle() == 1);
        assertThat(pool.checkOut(LONG).resource()).isEqualTo("c1");
    }

    @Test
    void or_is_closed_where_that_would_be_one_too_many() throws Exception {
        QueuePool<String> pool =
                fixture.livePool(STILL.withSize(1).withOverflow(2).withLinger(Duration.ZERO));
        nextOpeningHangs();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pool.checkOut(in(SHORT))).isInstanceOf(CheckoutTimeoutException.class);
        }
        network.countDown();

        // Two that come back at the same moment may both think they are the one to be kept, until the next tick.
        eventually(() -> pool.stats().leased() == 0 && pool.stats().idle() == 1);
        eventually(() -> fixture.db.closed().size() == 2); // those that are being closed are neither
    }

    @Test
    void a_return_serves_a_caller_whose_opening_hangs() throws Exception {
        QueuePool<String> pool = pool(2);
        Slot<String> held = pool.checkOut(NEVER);
        nextOpeningHangs();
        Fixture.Running<Slot<String>> waiter = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 1, waiter);
        eventually(() -> pool.stats().leased() == 2);

        pool.release(held);

        assertThat(waiter.get()).isSameAs(held);
        network.countDown();
        eventually(() -> pool.stats().idle() == 1);
    }

    @Test
    void room_goes_to_one_for_whom_nothing_is_being_opened() throws Exception {
        QueuePool<String> pool = pool(2);
        Slot<String> held = pool.checkOut(NEVER);
        nextOpeningHangs();
        Fixture.Running<Slot<String>> served = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 1, served);
        eventually(() -> pool.stats().leased() == 2);
        Fixture.Running<Slot<String>> unserved = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 2, served, unserved);
        othersDoNot();

        pool.discard(held);

        // By what was opened in the room, one of them is served: each of them takes what comes first.
        eventually(() -> served.result().isDone() || unserved.result().isDone());
        network.countDown();
        assertThat(List.of(served.get().resource(), unserved.get().resource())).containsExactlyInAnyOrder("c2", "c3");
    }

    /** One whose idle ones have to be asked whether they are alive. */
    private QueuePool<String> rested(int idle) throws Exception {
        QueuePool<String> pool =
                fixture.pool(STILL.withSize(idle).withOverflow(0).withPingAfter(Duration.ofSeconds(30)));
        Fixture.release(pool, Fixture.checkOut(pool, idle));
        fixture.pass(Duration.ofSeconds(31));
        return pool;
    }

    @Test
    void a_look_at_an_idle_one_that_hangs_holds_up_nobody_beyond_his_deadline() throws Exception {
        QueuePool<String> pool = rested(2);
        fixture.db.during(() -> awaitUninterruptibly(network));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> pool.acquire(in(SHORT))).isInstanceOf(CheckoutTimeoutException.class);
        }
        network.countDown();
        fixture.db.during(() -> {});
        assertThat(pool.checkOut(LONG).resource()).isIn("c1", "c2", "c3");
        eventually(() -> pool.stats().leased() == 1);
        assertThat(fixture.db.closed()).isEmpty();
    }

    @Test
    void an_idle_one_that_is_alive_is_asked_once_and_lent() throws Exception {
        QueuePool<String> pool = rested(1);
        assertThat(pool.checkOut(LONG).resource()).isEqualTo("c1");
        assertThat(fixture.db.pinged()).containsExactly("c1");
    }

    @Test
    void a_dead_idle_one_is_replaced_on_the_way() throws Exception {
        QueuePool<String> pool = rested(1);
        fixture.db.dies("c1");
        assertThat(pool.checkOut(LONG).resource()).isEqualTo("c2");
        assertThat(fixture.db.closed()).containsExactly("c1");
    }

    @Test
    void who_opens_himself_gets_the_empty_place_of_a_dead_one() throws Exception {
        QueuePool<String> pool = rested(1);
        fixture.db.dies("c1");
        Slot<String> place = pool.acquire(LONG);
        assertThat(place.resource()).isNull();
        pool.fill(place, "mine");
        pool.release(place);
        assertThat(pool.stats().idle()).isEqualTo(1);
    }

    @Test
    void does_not_even_begin_after_the_deadline_and_loses_no_place() throws Exception {
        QueuePool<String> pool = pool(1);
        assertThatThrownBy(() -> pool.checkOut(Fixture.now())).isInstanceOf(CheckoutTimeoutException.class);
        assertThat(fixture.db.opened()).isZero();
        assertThat(pool.checkOut(LONG).resource()).isEqualTo("c1");
    }

    @Test
    void an_interrupt_ends_no_opening_and_is_kept() throws Exception {
        QueuePool<String> pool = pool(1);
        nextOpeningHangs();
        boolean[] kept = new boolean[1];
        Fixture.Running<Slot<String>> caller = async(() -> {
            Slot<String> slot = pool.checkOut(LONG);
            kept[0] = Thread.interrupted();
            return slot;
        });
        awaitWaiters(pool, 1, caller);
        caller.thread().interrupt();
        awaitWaiters(pool, 1, caller);

        network.countDown();

        assertThat(caller.get().resource()).isEqualTo("c1");
        assertThat(kept[0]).isTrue();
    }

    @Test
    void closing_tells_who_waits_at_once_and_closes_what_is_opened_later() throws Exception {
        QueuePool<String> pool = pool(1);
        nextOpeningHangs();
        Fixture.Running<Slot<String>> caller = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 1, caller);

        pool.closeAside(0);

        assertThatThrownBy(caller::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(EngineClosedException.class);
        network.countDown();
        eventually(() -> fixture.db.closed().contains("c1"));
        assertThat(pool.stats().leased()).isZero();
    }

    @Test
    void sixty_four_openings_of_a_pool_hang_at_once_and_the_next_ones_wait_for_a_thread() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withOverflow(-1));
        nextOpeningHangs();
        List<Fixture.Running<Slot<String>>> callers = new ArrayList<>();
        for (int i = 0; i < 66; i++) {
            callers.add(async(() -> pool.checkOut(LONG)));
        }
        eventually(() -> pool.stats().waiting() == 66);
        eventually(() -> openers() == 64);
        network.countDown();
        for (Fixture.Running<Slot<String>> each : callers) {
            assertThat(each.get().resource()).startsWith("c");
        }
        assertThat(pool.stats().leased()).isEqualTo(66);
    }

    @Test
    void a_pool_that_keeps_nothing_has_deadlines_too() throws Exception {
        NullPool<String> pool = new NullPool<>(fixture.db, LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
        nextOpeningHangs();
        assertThatThrownBy(() -> pool.checkOut(in(SHORT))).isInstanceOf(CheckoutTimeoutException.class);
        othersDoNot();
        Slot<String> slot = pool.checkOut(LONG);
        assertThat(slot.resource()).isEqualTo("c1");
        pool.release(slot);
        network.countDown();
        eventually(() -> fixture.db.closed().size() == 2);
        assertThat(pool.stats().leased()).isZero();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }
}
