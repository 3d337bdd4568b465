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

    /** Smoothed time an opening takes; 0 = none was seen. A lost update does not matter. */
    private volatile long openingNanos;

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

    /** Learns how long an opening took. */
    void opened(long nanos) {
        long old = openingNanos;
        openingNanos = Math.max(1, old == 0 ? nanos : old + (nanos - old) / 4);
    }

    /** Learns how many leases have ended so far. */
    void sample(int endedLeases, long nowNanos) {
        returns.sample(endedLeases, nowNanos);
    }

    long returnIntervalNanos(long nowNanos) {
        return returns.intervalNanos(nowNanos);
    }

    /**
     * How long it is wise to wait for a return although there is room: twice what that should take, if that is less than
     * an opening takes; else 0.
     */
    long patienceNanos(int waiting, long nowNanos) {
        long interval = returns.intervalNanos(nowNanos);
        long opening = openingNanos;
        if (interval >= opening) {
            return 0;
        }
        long expected = interval * (waiting + 1L);
        return 2 * expected < opening ? 2 * expected : 0;
    }
}
