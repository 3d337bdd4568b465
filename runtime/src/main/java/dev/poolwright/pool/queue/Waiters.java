package dev.poolwright.pool.queue;

import dev.poolwright.pool.Slot;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for a slot, oldest first. Lock-free; any thread may call anything.
 *
 * <p>Whoever has a slot to give either publishes it as IDLE and {@link #signal}s, then the oldest waiter competes for it
 * with whoever else comes along; or {@link #handOver}s it, once that waiter is starving. Why: {@code
 * docs/concurrency.md}.
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

    /** Begins to wait. What the caller does next is to look for a slot once more. */
    Waiter<R> enlist(long nowNanos) {
        Waiter<R> waiter = new Waiter<>(Thread.currentThread(), nowNanos);
        // Counted before the second look: the other order loses a slot returned in between (P4).
        COUNT.incrementAndGet(this);
        queue.add(waiter);
        return waiter;
    }

    /** Ends a wait. False if the waiter was handed a slot before; then it has that one. */
    boolean leave(Waiter<R> waiter) {
        return waiter.giveUp() && left(waiter);
    }

    /** Gives a LEASED slot to the oldest waiter if that one is starving; its lease is then the waiter's. */
    boolean handOver(Slot<R> slot, long nowNanos) {
        for (Waiter<R> head = oldest(); head != null && head.isStarving(nowNanos); head = oldest()) {
            if (head.offer(slot)) {
                left(head);
                LockSupport.unpark(head.thread);
                return true;
            }
        }
        return false;
    }

    boolean isHeadStarving(long nowNanos) {
        Waiter<R> head = oldest();
        return head != null && head.isStarving(nowNanos);
    }

    /** Has the oldest waiter look again: there is an idle slot or room for a new one. */
    void signal() {
        for (Waiter<R> head = oldest(); head != null; head = oldest()) {
            boolean ours = head.signal();
            // Read after the signal. Who left before that may not have seen it: the next one gets it.
            if (head.isWaiting()) {
                if (ours) {
                    LockSupport.unpark(head.thread);
                }
                return;
            }
        }
    }

    /** Has all waiters look again. */
    void signalAll() {
        for (Waiter<R> waiter : queue) {
            waiter.signal();
            LockSupport.unpark(waiter.thread);
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

    /** Counted down by whoever ended the wait, not when the thread wakes: until then it would look like demand. */
    private boolean left(Waiter<R> waiter) {
        COUNT.decrementAndGet(this);
        queue.remove(waiter);
        return true;
    }

    /** One thread that waits. What ends its wait is one compare-and-set on {@link #item}. */
    static final class Waiter<R> {

        @SuppressWarnings("rawtypes")
        private static final AtomicReferenceFieldUpdater<Waiter, Object> ITEM =
                AtomicReferenceFieldUpdater.newUpdater(Waiter.class, Object.class, "item");

        @SuppressWarnings("rawtypes")
        private static final AtomicIntegerFieldUpdater<Waiter> SIGNALLED =
                AtomicIntegerFieldUpdater.newUpdater(Waiter.class, "signalled");

        private static final Object GONE = new Object();

        private final Thread thread;
        private final long sinceNanos;
        /** Null while waiting, then the slot that was handed over, or GONE. */
        private volatile @Nullable Object item;

        private volatile int signalled;

        private Waiter(Thread thread, long sinceNanos) {
            this.thread = thread;
            this.sinceNanos = sinceNanos;
        }

        /** The slot that was handed over, or null. */
        @SuppressWarnings("unchecked") // offer() puts nothing else there
        @Nullable
        Slot<R> handed() {
            Object seen = item;
            return seen == GONE ? null : (Slot<R>) seen;
        }

        /** Whether there was a signal since the last call. Look for a slot after it, not before. */
        boolean takeSignal() {
            if (signalled == 0) {
                return false;
            }
            signalled = 0;
            return true;
        }

        private boolean isWaiting() {
            return item == null;
        }

        private boolean isStarving(long nowNanos) {
            return nowNanos - sinceNanos >= STARVING_NANOS;
        }

        private boolean signal() {
            return SIGNALLED.compareAndSet(this, 0, 1);
        }

        /** False if this waiter has given up, or was handed another. */
        boolean offer(Slot<R> slot) {
            return ITEM.compareAndSet(this, null, slot);
        }

        private boolean giveUp() {
            return ITEM.compareAndSet(this, null, GONE);
        }
    }
}
