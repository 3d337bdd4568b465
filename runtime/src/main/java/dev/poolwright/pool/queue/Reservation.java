package dev.poolwright.pool.queue;

import dev.poolwright.house.Alarms;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Errand;
import dev.poolwright.pool.Pending;
import dev.poolwright.pool.Receiver;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Waiter;
import dev.poolwright.time.Deadline;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One check-out that no thread waits for. It stands in the same queue as the threads, and does in steps what they do in a loop:
 * looks for a slot, takes a place, has it made ready by an errand, gives up.
 *
 * @param <R> the resource
 */
final class Reservation<R> implements Runnable, Pending {
    /*
     * Shared: calls, cancelled, and what the waiter is handed. The rest is the stepping thread's.
     *
     * R1  At most one thread steps, and each call is followed by a step that began after it: who raises calls from 0 has it run,
     *     who steps goes on until nobody has called since it began.                               [ReservationTest]
     * R2  It ends once, and with it its wait: every end comes after leave() or after a hand-over, which are one compare-and-set
     *     against each other. What is handed to one that is cancelled goes to the next.            [AsyncConnectionTest]
     * R3  Who calls runs nothing of the receiver's, and no step: giving a slot back, a step could come to give back another.
     *                                                                                            [ReservationTest]
     * R4  Whatever a step throws ends it: it leaves the queue, gives back what it has, and its receiver is told. Otherwise it
     *     would take signals and slots for ever that nobody fetches.                                         [ReservationTest]
     */

    private final Reservations<R> all;
    private final Exchange<R> exchange;
    private final Receiver<R> receiver;
    private final Deadline deadline;
    private final long sinceNanos;
    private final Callable<R> opening;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean cancelled;
    private Waiter<R> waiter;
    private final Exchange<R>.Patience patience;
    private @Nullable Errand<R> errand;
    private Alarms.@Nullable Alarm alarm;
    private Alarms.@Nullable Alarm soon;
    private @Nullable Slot<R> inHand; // not in the waiter any more, and not yet somebody else's
    private boolean enlisted;
    private boolean over;
    private boolean told;

    Reservation(Reservations<R> all, Receiver<R> receiver, Deadline deadline, long sinceNanos, Callable<R> opening) {
        this.all = all;
        this.exchange = all.exchange;
        this.receiver = receiver;
        this.deadline = deadline;
        this.sinceNanos = sinceNanos;
        this.opening = opening;
        this.patience = all.exchange.patience(sinceNanos);
        this.waiter = Waiter.told(sinceNanos, false, this::call);
    }

    /** Enlists, and makes the first step in the calling thread. */
    void begin() {
        calls.set(1);
        enlist();
        run();
    }

    private void enlist() {
        exchange.enlist(waiter);
        enlisted = true;
    }

    /** Ends the wait; false if it was handed a slot before. */
    private boolean leave() {
        boolean left = exchange.leave(waiter);
        enlisted &= !left;
        return left;
    }

    /** There may be something to do. */
    private void call() {
        if (calls.getAndIncrement() == 0) {
            all.soon(this);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        call();
    }

    @Override
    public void run() {
        int seen;
        do {
            seen = calls.get();
            try {
                step();
            } catch (Throwable thrown) {
                failed(thrown);
            }
        } while (!calls.compareAndSet(seen, 0));
    }

    /** A step has thrown: no memory, most likely. What is thrown after the receiver was told is its own. */
    private void failed(Throwable thrown) {
        if (told) {
            return;
        }
        Slot<R> mine = inHand;
        inHand = null;
        Slot<R> handed = enlisted && !leave() ? waiter.handed() : null;
        enlisted = false;
        try {
            giveBack(mine);
            giveBack(handed);
            end();
        } catch (Throwable again) {
            over = true;
            if (again != thrown) {
                thrown.addSuppressed(again);
            }
        }
        refuse(thrown);
    }

    private void giveBack(@Nullable Slot<R> unwanted) {
        if (unwanted != null) {
            exchange.giveBack(unwanted);
        }
    }

    private void refuse(Throwable why) {
        told = true;
        try {
            receiver.refused(why);
        } catch (Throwable thrown) {
            // It has been told. What it throws, against its contract, must end neither this thread nor the caller of
            // begin().
        }
    }

    private void step() {
        boolean moved = true;
        while (moved && !over) {
            Slot<R> handed = waiter.handed();
            if (handed != null) {
                enlisted = false;
                take(handed);
            } else if (errand != null && errand.isInVain()) {
                askAgain(errand);
            } else {
                Throwable why = reasonToGiveUp();
                moved = why == null ? look() : giveUp(why);
            }
        }
        if (!over && alarm == null && !deadline.isNever()) {
            alarm = all.alarms().set(deadline, this::call);
        }
    }

    private @Nullable Throwable reasonToGiveUp() {
        if (cancelled) {
            return new CancellationException();
        }
        if (exchange.isClosed()) {
            return new EngineClosedException();
        }
        return deadline.isPast() ? all.punctual.timedOut(sinceNanos) : null;
    }

    /** Whether there is more to do: true as well if it was handed a slot before. */
    private boolean giveUp(Throwable why) {
        if (leave()) {
            end();
            refuse(why);
        }
        return true;
    }

    private void end() {
        over = true;
        errand = null;
        cancel(alarm);
        cancel(soon);
        exchange.passOn(); // it may have had the signal for more than it took
    }

    /** The errand has failed, which ends this; or what it made ready was put aside, and then this waits like any other. */
    private void askAgain(Errand<R> vain) {
        Throwable failure = vain.failure();
        if (failure != null) {
            giveUp(failure);
        } else if (leave()) {
            errand = null;
            waiter = Waiter.told(sinceNanos, false, this::call);
            enlist();
        }
    }

    /** Looks for a slot; false if there is nothing to do before the next call. */
    private boolean look() {
        // The signal first, then the look: the other order sleeps beside a slot (P4).
        boolean signalled = waiter.takeSignal();
        if (errand != null && !signalled) {
            return false;
        }
        Slot<R> found = exchange.claimIdle();
        if (found == null && errand == null) {
            found = claimPlace();
        }
        if (found == null) {
            return false;
        }
        takeUnlessHanded(found);
        return true;
    }

    /** Not while a return is expected sooner: then it is looked again when it should have come. */
    private @Nullable Slot<R> claimPlace() {
        long left = patience.leftNanos();
        if (left <= 0) {
            return exchange.claimPlace();
        }
        if (left != Long.MAX_VALUE) {
            cancel(soon);
            soon = all.alarmIn(left, this::call);
        }
        return null;
    }

    private void cancel(Alarms.@Nullable Alarm set) {
        if (set != null) {
            all.alarms().cancel(set);
        }
    }

    /** Handed one at the same moment: that one is kept, and what was found goes to the next. */
    private void takeUnlessHanded(Slot<R> found) {
        inHand = found;
        if (leave()) {
            errand = null;
            exchange.passOn();
            take(found);
        } else {
            inHand = null;
            exchange.giveBack(found);
        }
    }

    /** With a slot that is this one's, and no wait. */
    private void take(Slot<R> slot) {
        inHand = slot;
        boolean readied = errand != null && errand.slot() == slot && slot.resource() != null;
        if (cancelled || exchange.isClosed()) {
            Throwable why = reasonToGiveUp();
            end();
            inHand = null;
            exchange.giveBack(slot);
            refuse(why == null ? new EngineClosedException() : why);
        } else if (readied || (slot.resource() != null && all.pool.isUsableAtOnce(slot))) {
            end();
            inHand = null;
            told = true;
            receiver.receive(slot);
        } else {
            ready(slot);
        }
    }

    /** Opens, or asks whether it is alive, on another thread; what comes back before that is taken all the same. */
    private void ready(Slot<R> slot) {
        waiter = Waiter.told(sinceNanos, true, this::call);
        inHand = null; // the errand's, which gives it back if it cannot begin
        try {
            Errand<R> begun = all.punctual.begun(slot, waiter, opening);
            errand = begun;
            enlisted = true;
            begun.hurry();
        } catch (RuntimeException | Error noThread) {
            end();
            refuse(noThread);
            return;
        }
        Slot<R> atHand = all.pool.claimUsableAtOnce();
        if (atHand != null) {
            takeUnlessHanded(atHand);
        }
    }
}
