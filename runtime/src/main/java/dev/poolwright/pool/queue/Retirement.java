package dev.poolwright.pool.queue;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Slots;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The end of a resource: closed by the caller, or aside where no caller may wait for a server; then its place is given
 * back. Any thread.
 *
 * @param <R> the resource
 */
final class Retirement<R> {

    private final Lifecycle<R> lifecycle;
    private final Slots<R> slots;
    private final Exchange<R> exchange;
    private final Housekeeper.Watch watch;
    private final AtomicLong closed = new AtomicLong();
    private final AtomicInteger aside = new AtomicInteger();

    Retirement(Lifecycle<R> lifecycle, Slots<R> slots, Exchange<R> exchange, Housekeeper.Watch watch) {
        this.lifecycle = lifecycle;
        this.slots = slots;
        this.exchange = exchange;
        this.watch = watch;
    }

    /** Resources closed or let go of so far. */
    long closed() {
        return closed.get();
    }

    /** Closes what is in a slot in RETIRING and gives its place back. */
    void close(Slot<R> retired) {
        try {
            closeResource(retired);
        } finally {
            exchange.givePlaceBack(retired);
        }
    }

    /** Forgets what is in a slot in RETIRING, open as it is, and gives its place back. */
    void letGo(Slot<R> retired) {
        try {
            R resource = retired.empty();
            if (resource != null) {
                closed.incrementAndGet();
                lifecycle.letGo(resource);
            }
        } finally {
            exchange.givePlaceBack(retired);
        }
    }

    /** As {@link #close}, on another thread: a server that does not answer must not stop the ticks of all pools. */
    void closeAside(final Slot<R> retired) {
        aside(new Runnable() {
            @Override
            public void run() {
                close(retired);
            }
        });
    }

    /** As {@link #closeAside(Slot)}, for what has no slot. */
    void closeAside(final R resource) {
        aside(new Runnable() {
            @Override
            public void run() {
                closeResource(resource);
            }
        });
    }

    private void aside(final Runnable closing) {
        aside.incrementAndGet();
        watch.aside(new Runnable() {
            @Override
            public void run() {
                try {
                    closing.run();
                } finally {
                    aside.decrementAndGet();
                }
            }
        });
    }

    /** Waits for what is being closed aside; for {@code patienceNanos} at the most. */
    void await(long patienceNanos) {
        if (patienceNanos <= 0 || aside.get() == 0) {
            return;
        }
        final CountDownLatch done = new CountDownLatch(1);
        watch.aside(new Runnable() {
            @Override
            public void run() {
                done.countDown(); // one thing after the other: what was given before is closed
            }
        });
        try {
            done.await(patienceNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes what is in a slot of the caller's, who keeps the place. */
    void closeResource(Slot<R> slot) {
        R resource = slot.empty();
        if (resource != null) {
            closeResource(resource);
        }
    }

    /** Closes what was opened and has no slot. */
    void closeResource(R resource) {
        assert slots.isUnlocked();
        closed.incrementAndGet();
        lifecycle.close(resource);
    }
}
