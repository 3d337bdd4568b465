package dev.poolwright.pool;

import dev.poolwright.house.Alarms;
import dev.poolwright.time.Deadline;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An opening that nobody waits for: what ends it first is told to the receiver. Any thread.
 *
 * @param <R> the resource
 */
final class LaterOpening<R> implements Pending {

    private final Receiver<R> receiver;
    private final Waiter<R> waiter;
    private final Set<LaterOpening<R>> pending;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Errand<R> errand;
    private volatile @Nullable Runnable stopAlarm;

    /** @param pending where it takes itself out as it ends */
    LaterOpening(Receiver<R> receiver, long sinceNanos, Set<LaterOpening<R>> pending) {
        this.pending = pending;
        this.receiver = receiver;
        this.waiter = Waiter.told(sinceNanos, true, this::look);
    }

    Waiter<R> waiter() {
        return waiter;
    }

    /** Once {@code begun} has begun. Returns this: who is asked for one need not know the class. */
    Pending awaits(Errand<R> begun, Deadline deadline, Alarms alarms, Supplier<? extends Exception> timeout) {
        errand = begun;
        if (!deadline.isNever()) {
            Alarms.Alarm alarm = alarms.set(deadline, () -> giveUp(timeout.get()));
            stopAlarm = () -> alarms.cancel(alarm);
        }
        look();
        if (told.get()) {
            stopAlarm(); // it was ended by a close before there was an alarm to be stopped
        }
        return this;
    }

    /** It has failed, before it began or because nothing is lent any more. */
    Pending failed(Throwable why) {
        giveUp(why);
        return this;
    }

    /** The errand has ended, or may have. */
    private void look() {
        Slot<R> ready = waiter.handed();
        Errand<R> begun = errand;
        if (ready != null) {
            if (isFirst()) {
                receiver.receive(ready);
            }
        } else if (begun != null && begun.isInVain()) {
            Throwable failure = begun.failure();
            giveUp(failure == null ? new CancellationException() : failure);
        }
    }

    private void giveUp(Throwable why) {
        if (waiter.giveUp() && isFirst()) {
            receiver.refused(why);
        }
    }

    private boolean isFirst() {
        boolean first = told.compareAndSet(false, true);
        pending.remove(this);
        stopAlarm();
        return first;
    }

    private void stopAlarm() {
        Runnable stop = stopAlarm;
        if (stop != null) {
            stop.run();
        }
    }

    @Override
    public void cancel() {
        giveUp(new CancellationException());
    }
}
