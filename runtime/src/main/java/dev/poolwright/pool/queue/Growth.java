package dev.poolwright.pool.queue;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many places there are, how many there may be, and whether a new one is worth it. Any thread.
 *
 * <p>A place is counted from before its resource is opened until after it is closed.
 */
final class Growth {

    private volatile int cap;
    private final AtomicInteger places = new AtomicInteger();
    private final ReturnRate returns;

    private final Prospect prospect = new Prospect();

    Growth(int cap, long nowNanos) {
        this.cap = cap;
        this.returns = new ReturnRate(nowNanos);
    }

    /** So many are allowed from now on; what is above that is given back as it comes. */
    void cap(int most) {
        cap = most;
    }

    /** Places that are not allowed any more. */
    int surplus() {
        return Math.max(0, places.get() - cap);
    }

    /** Places now, those being opened and those being closed included. */
    int places() {
        return places.get();
    }

    /** Counts one more place if the cap allows it. */
    boolean reserve() {
        for (int now = places.get(); now < cap; now = places.get()) {
            if (places.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    void reserveBeyondCap() {
        places.incrementAndGet();
    }

    void giveBack() {
        places.decrementAndGet();
    }

    boolean mayGrow() {
        return places.get() < cap;
    }

    boolean isAboveCap() {
        return places.get() > cap;
    }

    boolean hasCap() {
        return cap != Integer.MAX_VALUE;
    }

    /** Whether waiting is better than opening. */
    Prospect prospect() {
        return prospect;
    }

    /** Learns how many leases have ended so far. */
    void sample(int endedLeases, long nowNanos) {
        returns.sample(endedLeases, nowNanos);
    }

    long returnIntervalNanos(long nowNanos) {
        return returns.intervalNanos(nowNanos);
    }
}
