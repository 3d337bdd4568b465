package dev.poolwright.pool;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.time.Deadline;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Makes a slot ready for a caller with a deadline, on another thread: that one may hang in the driver, the caller must
 * not.
 *
 * @param <R> the resource
 */
public abstract class Errand<R> implements Runnable {
    /*
     * Shared: stage, failure, and what the waiter was handed.
     *
     * E1  The slot is the errand's until it is handed to its waiter, given back to the pool, or taken from it while the
     *     driver has it. The last is one compare-and-set of stage against the driver's return, and the slot is not
     *     touched in between.                                                                    [StuckOpeningTest]
     * E2  What was made ready for a caller that has gone is a return like any other: the next waiter has it, or it becomes
     *     idle, or is closed.                                                                        [DeadlineTest]
     * E3  A caller hears of a failure of its own errand alone, which began after its call; the place is given back before
     *     that, so that who asks again at once finds room.                                           [RefusedTest]
     * E4  One that has not begun does not depend on the threads that are under way, which may be stuck for ever: its waiter
     *     has one more started before it sleeps for longer, and before it leaves.             [DeadlineTest]
     */

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Errand> STAGE =
            AtomicIntegerFieldUpdater.newUpdater(Errand.class, "stage");

    /**
     * A thread costs about 0.1 ms to start, and most of what it would do as well where a database is near; what is not begun
     * after this long gets one of its own.
     */
    private static final long SOON_NANOS = 100_000;

    private static final int NOT_BEGUN = 0;
    private static final int LOOKING = 1;
    private static final int OPENING = 2;
    private static final int OVER = 3;
    private static final int WRITTEN_OFF = 4;

    private final Slot<R> slot;
    private final Waiter<R> waiter;
    private final @Nullable Callable<R> opening;
    private Housekeeper.@Nullable Watch watch; // of the waiter's thread
    private volatile int stage = NOT_BEGUN;
    private volatile @Nullable Throwable failure;
    private volatile boolean inVain;

    /**
     * @param slot    LEASED, and the errand's from now on
     * @param waiter  who waits for it
     * @param opening opens a resource if there is none that can be used; null = the waiter gets the empty slot then
     */
    protected Errand(Slot<R> slot, Waiter<R> waiter, @Nullable Callable<R> opening) {
        this.slot = slot;
        this.waiter = waiter;
        this.opening = opening;
    }

    /** The slot that is made ready. */
    public final Slot<R> slot() {
        return slot;
    }

    /** What the opening failed with, or null. */
    public final @Nullable Throwable failure() {
        return failure;
    }

    /** Whether the waiter will get nothing from it: it has failed, or what it made ready was put aside. */
    public final boolean isInVain() {
        return inVain;
    }

    /** Has a thread of {@code threads} do it; if there is none to be had, the place is given back. For the waiter. */
    public final void startOn(Housekeeper.Watch threads) {
        boolean started = false;
        watch = threads;
        try {
            threads.open(this);
            started = true;
        } finally {
            if (!started && STAGE.compareAndSet(this, NOT_BEGUN, WRITTEN_OFF)) {
                giveBack(slot);
            }
        }
    }

    /** Sleeps as its waiter does ({@link Waiter#park}), and sees to it that this begins soon. For the waiter. */
    public final void park(Deadline deadline) {
        if (watch == null || stage != NOT_BEGUN) {
            waiter.park(deadline);
        } else {
            waiter.park(Math.min(SOON_NANOS, deadline.remainingNanos()));
            hurry();
        }
    }

    /** Has this begin on a thread of its own, if it has not: those there are may be stuck. Once. For the waiter. */
    public final void hurry() {
        Housekeeper.Watch threads = watch;
        if (threads != null && stage == NOT_BEGUN) {
            watch = null;
            try {
                threads.hurry(this);
            } catch (RuntimeException | Error noThread) {
                // Those there are will come to it; and what the caller has been handed by now must not be lost.
            }
        }
    }

    /** Does it. */
    @Override
    public final void run() {
        if (!STAGE.compareAndSet(this, NOT_BEGUN, LOOKING)) {
            return;
        }
        try {
            boolean usable = isUsable(slot);
            if (STAGE.compareAndSet(this, LOOKING, usable ? OVER : OPENING)) {
                if (!usable) {
                    open();
                }
                deliver();
            }
        } catch (Exception | Error thrown) {
            failed(thrown);
        } finally {
            ended();
        }
    }

    private void open() throws Exception {
        begin(slot);
        R opened = opening == null ? null : opening.call();
        boolean mine = STAGE.compareAndSet(this, OPENING, OVER);
        if (opened != null && mine) {
            fill(slot, opened);
        } else if (opened != null) {
            openedTooLate(opened);
        }
    }

    private void deliver() {
        if (stage == OVER && !handOver(waiter, slot)) {
            giveBack(slot);
            endInVain();
        }
    }

    private void failed(Throwable thrown) {
        int reached = stage;
        if ((reached == LOOKING || reached == OPENING) && STAGE.compareAndSet(this, reached, OVER)) {
            giveUp(slot, thrown);
        }
        failure = thrown;
        endInVain();
    }

    private void endInVain() {
        inVain = true;
        waiter.wake();
    }

    /** Takes the slot away if the driver has it and nobody waits any more; false if it has returned, or somebody does. */
    public final boolean writeOff() {
        int reached = stage;
        return !waiter.isWaiting()
                && (reached == LOOKING || reached == OPENING)
                && STAGE.compareAndSet(this, reached, WRITTEN_OFF);
    }

    /** Whether the slot has a resource that may be used. May hang; changes nothing. */
    protected abstract boolean isUsable(Slot<R> looked);

    /** Empties the slot, and notes that an opening begins. May hang once the slot is empty. */
    protected abstract void begin(Slot<R> unusable);

    /** Puts in what was opened. */
    protected abstract void fill(Slot<R> empty, R opened);

    /** Gives the slot to its waiter; false if that waits no more. */
    protected abstract boolean handOver(Waiter<R> to, Slot<R> ready);

    /** Gives a slot, with or without a resource, to whoever needs it. */
    protected abstract void giveBack(Slot<R> unwanted);

    /** Gives the place back, as nothing could be opened. */
    protected abstract void giveUp(Slot<R> broken, Throwable thrown);

    /** The slot was taken away meanwhile: finds another for what was opened, or closes it. */
    protected abstract void openedTooLate(R opened);

    /** It has ended, in whichever way. */
    protected abstract void ended();

    /**
     * The failure for the caller to throw: the driver's own object. Its stack trace, which began on the errand's thread,
     * goes on with that of the caller.
     */
    public static Exception forCaller(Throwable failure) {
        StackTraceElement[] there = failure.getStackTrace();
        int bottom = there.length - 1;
        while (bottom >= 0 && !isRun(there[bottom])) {
            bottom--;
        }
        if (bottom >= 0) { // else it was made somewhere else, or has no trace
            StackTraceElement[] here = new Throwable().getStackTrace();
            StackTraceElement[] both = new StackTraceElement[bottom + here.length];
            System.arraycopy(there, 0, both, 0, bottom + 1);
            System.arraycopy(here, 1, both, bottom + 1, here.length - 1);
            failure.setStackTrace(both);
        }
        if (failure instanceof Error) {
            throw (Error) failure;
        }
        return (Exception) failure;
    }

    private static boolean isRun(StackTraceElement frame) {
        return frame.getMethodName().equals("run") && frame.getClassName().equals(Errand.class.getName());
    }
}
