package dev.poolwright.pool.queue;

import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Waiter;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for a slot, oldest first. Lock-free; any thread may call anything.
 *
 * <p>Whoever has a slot to give either publishes it as IDLE and {@link #signal}s, then the oldest waiter competes for it
 * with whoever else comes along; or {@link #handOver}s it, once that waiter is starving. Room for one more goes to the
 * oldest of those for whom none is being opened yet. Why: {@code docs/concurrency.md}.
 *
 * @param <R> the resource
 */
final class Waiters<R> {

    /** A waiter older than this is handed the next slot. Measured: 1 ms costs a tenth of the throughput. */
    static final long STARVING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Waiters> COUNT =
            AtomicIntegerFieldUpdater.newUpdater(Waiters.class, "count");

    private final ConcurrentLinkedQueue<Waiter<R>> queue = new ConcurrentLinkedQueue<>();
    private volatile int count;

    /** Whether anybody waits. */
    boolean any() {
        return count != 0;
    }

    int count() {
        return count;
    }

    /**
     * A suspension counts as one that waits: whoever gives a slot back reads this number anyhow, and looks closer. What
     * the caller does next is to look for idle slots.
     */
    void suspensionBegins() {
        COUNT.incrementAndGet(this);
    }

    void suspensionEnds() {
        COUNT.decrementAndGet(this);
    }

    /** Begins a wait. What the caller does next is to look for a slot once more. */
    void enlist(Waiter<R> waiter) {
        // Counted before the second look: the other order loses a slot returned in between (P4).
        COUNT.incrementAndGet(this);
        queue.add(waiter);
    }

    /** Ends a wait. False if the waiter was handed a slot before; then it has that one. */
    boolean leave(Waiter<R> waiter) {
        return waiter.giveUp() && left(waiter);
    }

    /** Gives a LEASED slot to {@code waiter}; its lease is then the waiter's. False if that waits no more. */
    boolean handTo(Waiter<R> waiter, Slot<R> slot) {
        if (!waiter.offer(slot)) {
            return false;
        }
        left(waiter);
        waiter.wake();
        return true;
    }

    /** Gives a LEASED slot to the oldest waiter if that one is starving; its lease is then the waiter's. */
    boolean handOver(Slot<R> slot, long nowNanos) {
        for (Waiter<R> head = oldest(); head != null && isStarving(head, nowNanos); head = oldest()) {
            if (handTo(head, slot)) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #handOver}, for an empty slot. */
    boolean handOverPlace(Slot<R> place, long nowNanos) {
        for (Waiter<R> next = oldestUnserved(); next != null && isStarving(next, nowNanos); next = oldestUnserved()) {
            if (handTo(next, place)) {
                return true;
            }
        }
        return false;
    }

    boolean isHeadStarving(long nowNanos) {
        Waiter<R> head = oldest();
        return head != null && isStarving(head, nowNanos);
    }

    private static boolean isStarving(Waiter<?> waiter, long nowNanos) {
        return waiter.hasWaited(STARVING_NANOS, nowNanos);
    }

    /** Has the oldest waiter look again: there is an idle slot. */
    void signal() {
        for (Waiter<R> head = oldest(); head != null; head = oldest()) {
            if (signalled(head)) {
                return;
            }
        }
    }

    /** Has the oldest one look again for which none is being opened: there is room for one more. */
    void signalRoom() {
        for (Waiter<R> next = oldestUnserved(); next != null; next = oldestUnserved()) {
            if (signalled(next)) {
                return;
            }
        }
    }

    /** False if it has left: it may not have seen the signal, and the next one gets it. */
    private boolean signalled(Waiter<R> waiter) {
        boolean ours = waiter.signal();
        // Read after the signal: who leaves after that sees it, and passes it on.
        if (!waiter.isWaiting()) {
            return false;
        }
        if (ours) {
            waiter.wake();
        }
        return true;
    }

    /** Has all waiters look again. */
    void signalAll() {
        for (Waiter<R> waiter : queue) {
            waiter.signal();
            waiter.wake();
        }
    }

    private @Nullable Waiter<R> oldest() {
        for (; ; ) {
            Waiter<R> head = queue.peek();
            if (head == null || head.isWaiting()) {
                return head;
            }
            queue.remove(head);
        }
    }

    private @Nullable Waiter<R> oldestUnserved() {
        for (Waiter<R> waiter : queue) {
            if (!waiter.isServed() && waiter.isWaiting()) {
                return waiter;
            }
        }
        return null;
    }

    /** Counted down by whoever ended the wait, not when the thread wakes: until then it would look like demand. */
    private boolean left(Waiter<R> waiter) {
        COUNT.decrementAndGet(this);
        queue.remove(waiter);
        return true;
    }
}
