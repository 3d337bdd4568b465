package dev.poolwright.pool;

import dev.poolwright.event.EngineStats;

/** Nothing came free in time. */
public final class CheckoutTimeoutException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient EngineStats stats;
    private final long waitedNanos;

    /**
     * @param stats       the counts when the wait was given up
     * @param waitedNanos how long the wait was
     */
    public CheckoutTimeoutException(EngineStats stats, long waitedNanos) {
        super("none came free within " + waitedNanos / 1_000_000 + " ms: " + stats);
        this.stats = stats;
        this.waitedNanos = waitedNanos;
    }

    /** The counts when the wait was given up; the one that gave up is not among the waiting. */
    public EngineStats stats() {
        return stats;
    }

    /** How long the wait was, in nanoseconds. */
    public long waitedNanos() {
        return waitedNanos;
    }
}
