package dev.poolwright.pool;

import dev.poolwright.time.Deadline;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One that waits for a slot: a thread, or who is called back. What ends its wait is one compare-and-set: it is handed a slot, or it gives up.
 *
 * <p>Any thread may call {@link #offer}, {@link #signal} and {@link #wake}; the rest is for the waiting one.
 *
 * @param <R> the resource
 */
public final class Waiter<R> {

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<Waiter, Object> ITEM =
            AtomicReferenceFieldUpdater.newUpdater(Waiter.class, Object.class, "item");

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Waiter> SIGNALLED =
            AtomicIntegerFieldUpdater.newUpdater(Waiter.class, "signalled");

    private static final Object GONE = new Object();

    private final @Nullable Thread thread;
    private final @Nullable Runnable called;
    private final long sinceNanos;
    private final boolean served;

    /** Null while waiting, then the slot that was handed over, or GONE. */
    private volatile @Nullable Object item;

    private volatile int signalled;

    private Waiter(@Nullable Thread thread, @Nullable Runnable called, long sinceNanos, boolean served) {
        this.thread = thread;
        this.called = called;
        this.sinceNanos = sinceNanos;
        this.served = served;
    }

    /** The calling thread, for whom nobody does anything yet: room for one more is as good as a slot. */
    public static <R> Waiter<R> unserved(long sinceNanos) {
        return new Waiter<>(Thread.currentThread(), null, sinceNanos, false);
    }

    /** The calling thread, for whom an {@link Errand} is under way: it needs no room, but takes what comes back. */
    public static <R> Waiter<R> served(long sinceNanos) {
        return new Waiter<>(Thread.currentThread(), null, sinceNanos, true);
    }

    /** No thread: {@code called} is, with no lock held, whenever there is something to look for; it must not block. */
    public static <R> Waiter<R> told(long sinceNanos, boolean served, Runnable called) {
        return new Waiter<>(null, called, sinceNanos, served);
    }

    /** The slot that was handed over, or null. */
    @SuppressWarnings("unchecked") // offer() puts nothing else there
    public @Nullable Slot<R> handed() {
        Object seen = item;
        return seen == GONE ? null : (Slot<R>) seen;
    }

    /** Whether there was a signal since the last call. Look for a slot after it, not before. */
    public boolean takeSignal() {
        if (signalled == 0) {
            return false;
        }
        signalled = 0;
        return true;
    }

    /** Whether neither has happened yet. */
    public boolean isWaiting() {
        return item == null;
    }

    /** Whether it has an errand under way. */
    public boolean isServed() {
        return served;
    }

    /** Whether it has waited for {@code nanos} by now. */
    public boolean hasWaited(long nanos, long nowNanos) {
        return nowNanos - sinceNanos >= nanos;
    }

    /** Says that there is something to be looked for. False if it was told already and has not yet looked. */
    public boolean signal() {
        return SIGNALLED.compareAndSet(this, 0, 1);
    }

    /** Hands over a LEASED slot. False if this waiter has given up, or was handed another; wakes nobody. */
    public boolean offer(Slot<R> slot) {
        return ITEM.compareAndSet(this, null, slot);
    }

    /** Ends the wait. False if it was handed a slot before; then it has that one. */
    public boolean giveUp() {
        return ITEM.compareAndSet(this, null, GONE);
    }

    /** Sleeps until it is woken, handed a slot or signalled, or the deadline comes; or for no reason at all. */
    public void park(Deadline deadline) {
        park(deadline.remainingNanos());
    }

    /** The same, for so many nanoseconds; {@link Long#MAX_VALUE} = for ever. */
    public void park(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** Has it look around. */
    public void wake() {
        if (called != null) {
            called.run();
        } else {
            LockSupport.unpark(thread);
        }
    }
}
