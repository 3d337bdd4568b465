package dev.poolwright.pool.queue;

import dev.poolwright.house.Alarms;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.pool.Pending;
import dev.poolwright.pool.Receiver;
import dev.poolwright.time.Deadline;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/**
 * What the {@link Reservation}s of one pool have in common: who makes their next steps, and when they have waited for long
 * enough. Any thread.
 *
 * @param <R> the resource
 */
final class Reservations<R> {

    /** Steps are short and never wait: one thread makes a hundred thousand a second, and a second one makes up for a pause. */
    private static final int MOST_THREADS = 2;

    final QueuePool<R> pool;
    final Exchange<R> exchange;
    final Punctual<R> punctual;
    private final Alarms alarms;
    private final Executor threads;
    private final Housekeeper.Watch watch;

    Reservations(QueuePool<R> pool, Exchange<R> exchange, Punctual<R> punctual, Housekeeper.Watch watch) {
        this.pool = pool;
        this.exchange = exchange;
        this.punctual = punctual;
        this.watch = watch;
        this.threads = watch.crew("poolwright-hand-over", MOST_THREADS);
        this.alarms = watch.alarms();
    }

    Pending begin(Deadline deadline, Receiver<R> receiver, Callable<R> opening) {
        Reservation<R> begun =
                new Reservation<>(this, receiver, deadline, watch.ticker().nanos(), opening);
        begun.begin();
        return begun;
    }

    /** Has {@code next} made soon, on a thread of the pool's. */
    void soon(Runnable next) {
        try {
            threads.execute(next);
        } catch (RuntimeException | Error noThread) {
            // It is in line and comes up with the next one that gets a thread: the caller may be giving back a slot.
        }
    }

    Alarms.Alarm alarmIn(long nanos, Runnable call) {
        return alarms.set(Deadline.inNanos(nanos, watch.ticker()), call);
    }

    Alarms alarms() {
        return alarms;
    }
}
