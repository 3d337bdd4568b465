package dev.poolwright.pool;

import dev.poolwright.event.EngineStats;
import org.jspecify.annotations.Nullable;

/** Nothing came free, and nothing could be opened, in time. */
public class CheckoutTimeoutException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient EngineStats stats;
    private final long waitedNanos;
    private final int openings;
    private final long longestOpeningNanos;
    private final transient @Nullable Throwable lastFailure;

    /**
     * @param stats               the counts when the wait was given up
     * @param waitedNanos         how long the wait was
     * @param openings            openings, and looks at idle ones, that are under way
     * @param longestOpeningNanos for how long the longest of them has been
     * @param lastFailure         what the last opening failed with if none has succeeded since, else null
     */
    public CheckoutTimeoutException(
            EngineStats stats,
            long waitedNanos,
            int openings,
            long longestOpeningNanos,
            @Nullable Throwable lastFailure) {
        this(
                "none came free within " + waitedNanos / 1_000_000 + " ms: " + stats,
                stats,
                waitedNanos,
                openings,
                longestOpeningNanos,
                lastFailure);
    }

    /** Nothing was waited for. */
    CheckoutTimeoutException(String message, EngineStats stats) {
        this(message, stats, 0, 0, 0, null);
    }

    private CheckoutTimeoutException(
            String message,
            EngineStats stats,
            long waitedNanos,
            int openings,
            long longestOpeningNanos,
            @Nullable Throwable lastFailure) {
        super(message);
        this.stats = stats;
        this.waitedNanos = waitedNanos;
        this.openings = openings;
        this.longestOpeningNanos = longestOpeningNanos;
        this.lastFailure = lastFailure;
    }

    /** The counts when the wait was given up; the one that gave up is not among the waiting. */
    public EngineStats stats() {
        return stats;
    }

    /** How long the wait was, in nanoseconds. */
    public long waitedNanos() {
        return waitedNanos;
    }

    /** Openings, and looks at idle ones, that were under way on other threads. */
    public int openings() {
        return openings;
    }

    /** For how long the longest of them had been, in nanoseconds; 0 if there was none. */
    public long longestOpeningNanos() {
        return longestOpeningNanos;
    }

    /** What the last opening failed with if none has succeeded since, else null. */
    public @Nullable Throwable lastFailure() {
        return lastFailure;
    }
}
