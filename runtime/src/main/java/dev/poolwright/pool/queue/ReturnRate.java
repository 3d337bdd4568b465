package dev.poolwright.pool.queue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * How often slots come back, learned without a clock on the return path: slots count their ended leases anyhow, and
 * whoever finds no slot or ticks compares that sum with the time. Any thread; a lost sample does not matter.
 */
final class ReturnRate {

    /** Nothing is known, or it is too long ago. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private static final long SHORTEST_SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A silence of this many intervals (and at least a sample) means that returns have stopped. */
    private static final int SILENCE = 8;

    private static final AtomicLongFieldUpdater<ReturnRate> SAMPLED_AT =
            AtomicLongFieldUpdater.newUpdater(ReturnRate.class, "sampledAtNanos");

    private volatile long sampledAtNanos;
    private volatile int sampledReturns;
    private volatile long intervalNanos = UNKNOWN;

    ReturnRate(long nowNanos) {
        sampledAtNanos = nowNanos;
    }

    /** Learns from the number of returns so far. */
    void sample(int returns, long nowNanos) {
        long sampledAt = sampledAtNanos;
        long window = nowNanos - sampledAt;
        int fresh = returns - sampledReturns;
        boolean tooLong = window > LONGEST_SAMPLE_NANOS;
        if (window < SHORTEST_SAMPLE_NANOS || (fresh == 0 && !tooLong)) {
            return;
        }
        // One thread per window; a second one would divide by nothing.
        if (SAMPLED_AT.compareAndSet(this, sampledAt, nowNanos)) {
            sampledReturns = returns;
            // The sum falls when slots are removed: a sample without a meaning.
            intervalNanos = tooLong || fresh < 0 ? UNKNOWN : smoothed(intervalNanos, window / fresh);
        }
    }

    /** Mean time between two returns, or {@link #UNKNOWN}. */
    long intervalNanos(long nowNanos) {
        long interval = intervalNanos;
        if (interval == UNKNOWN || nowNanos - sampledAtNanos > SILENCE * interval + SHORTEST_SAMPLE_NANOS) {
            return UNKNOWN;
        }
        return interval;
    }

    private static long smoothed(long old, long sample) {
        return old == UNKNOWN ? sample : old + (sample - old) / 4;
    }
}
