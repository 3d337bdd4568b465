package dev.poolwright.pool.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Pending;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Receiver;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.StubLifecycle;
import dev.poolwright.time.Deadline;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Check-outs that no thread waits for. */
@Timeout(60)
class ReservationTest {

    private final StubLifecycle db = new StubLifecycle();
    private final QueuePool<String> pool =
            new QueuePool<>(PoolSettings.DEFAULT.withSize(1).withOverflow(0), db, (origin, heldNanos) -> {});

    /** What one was told, and by whom. */
    private static final class Told implements Receiver<String> {

        private final BlockingQueue<Object> outcome = new LinkedBlockingQueue<>();
        private volatile Thread by;

        @Override
        public void receive(Slot<String> slot) {
            by = Thread.currentThread();
            outcome.add(slot);
        }

        @Override
        public void refused(Throwable why) {
            by = Thread.currentThread();
            outcome.add(why);
        }

        Object get() throws InterruptedException {
            return outcome.poll(30, TimeUnit.SECONDS);
        }

        @SuppressWarnings("unchecked")
        Slot<String> slot() throws InterruptedException {
            return (Slot<String>) get();
        }
    }

    private Told ask() {
        Told told = new Told();
        pool.checkOutLater(Deadline.never(), told);
        return told;
    }

    @Test
    void are_told_by_a_thread_of_the_pool_s_and_not_by_who_gives_back_or_closes() throws Exception {
        Slot<String> held = ask().slot();
        Told next = ask();
        Told last = ask();
        assertThat(pool.stats().waiting()).isEqualTo(2);
        pool.release(held);
        Slot<String> handed = next.slot();
        assertThat(handed).isSameAs(held);
        assertThat(next.by.getName()).startsWith("poolwright-hand-over");
        pool.close();
        assertThat(last.get()).isInstanceOf(dev.poolwright.pool.EngineClosedException.class);
        assertThat(last.by.getName()).startsWith("poolwright-hand-over");
        pool.release(handed);
    }

    @Test
    void that_are_cancelled_are_told_once_and_the_next_one_comes_up() throws Exception {
        Slot<String> held = ask().slot();
        Told first = new Told();
        Pending pending = pool.checkOutLater(Deadline.never(), first);
        Told next = ask();
        pending.cancel();
        pending.cancel();
        assertThat(first.get()).isInstanceOf(CancellationException.class);
        pool.release(held);
        pool.release(next.slot());
        assertThat(first.outcome).isEmpty();
        assertThat(pool.stats().waiting()).isZero();
        pool.close();
    }

    /** A step that was missed would leave one waiting beside an idle slot for ever; nobody else comes. */
    @Test
    void see_whatever_comes_back_while_they_enlist_and_look() throws Exception {
        AtomicInteger lost = new AtomicInteger();
        for (int round = 0; round < 4_000; round++) {
            Slot<String> held = ask().slot();
            int spins = ThreadLocalRandom.current().nextInt(100);
            Told next = new Told();
            Thread gives = round % 20 == 0 ? new Thread(() -> pool.release(held)) : null;
            if (gives != null) {
                gives.start();
            }
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            pool.checkOutLater(Deadline.never(), next);
            if (gives == null) {
                pool.release(held);
            }
            Object outcome = next.get();
            if (outcome == null) {
                lost.incrementAndGet();
                break;
            }
            pool.release(slot(outcome));
            if (gives != null) {
                gives.join();
            }
        }
        assertThat(lost).hasValue(0);
        assertThat(pool.stats().waiting()).isZero();
        pool.close();
    }

    @SuppressWarnings("unchecked")
    private static Slot<String> slot(Object outcome) {
        return (Slot<String>) outcome;
    }

    @Test
    void have_an_idle_resource_asked_on_another_thread_whether_it_is_alive() throws Exception {
        Fixture fixture = new Fixture();
        QueuePool<String> pinging =
                fixture.pool(PoolSettings.DEFAULT.withSize(1).withOverflow(0));
        Told first = new Told();
        pinging.checkOutLater(Deadline.never(), first);
        pinging.release(first.slot());
        fixture.pass(java.time.Duration.ofMinutes(1));
        Thread me = Thread.currentThread();
        AtomicInteger byMe = new AtomicInteger();
        fixture.db.during(() -> byMe.addAndGet(Thread.currentThread() == me ? 1 : 0));
        Told second = new Told();
        pinging.checkOutLater(Deadline.never(), second);
        Slot<String> slot = second.slot();
        assertThat(slot.resource()).isNotNull();
        assertThat(byMe).hasValue(0);
        fixture.db.during(() -> {});
        pinging.release(slot);
        pinging.close();
    }

    /** An allocation that fails, for one: whoever waits must not stay in the queue and take what nobody fetches. */
    @Test
    void whose_step_throws_are_told_of_it_and_take_nothing_from_others() throws Exception {
        Slot<String> held = ask().slot();
        InternalError thrown = new InternalError("no thread for an alarm");
        AtomicInteger readings = new AtomicInteger();
        for (int from = 2; from < 5; from++) { // the first makes the deadline
            int throwing = from;
            readings.set(0);
            Deadline deadline = Deadline.inNanos(TimeUnit.MINUTES.toNanos(1), () -> {
                if (readings.incrementAndGet() >= throwing) {
                    throw thrown;
                }
                return System.nanoTime();
            });
            Told told = new Told();
            Pending pending = pool.checkOutLater(deadline, told);
            Fixture.eventually(() -> {
                pool.suspend();
                pool.resume(); // has everybody look again
                return !told.outcome.isEmpty();
            });
            assertThat(told.get()).isSameAs(thrown);
            pending.cancel();
            assertThat(pool.stats().waiting()).isZero();
        }
        Told next = ask();
        pool.release(held);
        pool.release(next.slot());
        pool.close();
    }
}
