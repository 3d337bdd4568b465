package dev.poolwright.pool;

import java.time.Duration;

/**
 * How many a pool keeps and for how long. Immutable; each {@code with} method returns a changed copy.
 *
 * <p>How long a caller waits is not among them: that is the caller's deadline.
 */
public final class PoolSettings {

    /** An age that is never reached, in nanoseconds: what a setting of 0 means. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Keeps 5, opens 10 beyond, closes surplus at its return and idle ones after 10 minutes: a library's pool. */
    public static final PoolSettings DEFAULT = new PoolSettings(
            5, 10, nanos(Duration.ofMinutes(30)), nanos(Duration.ofSeconds(30)), nanos(Duration.ofMinutes(10)), 0);

    private final int size;
    private final int overflow;
    private final long recycleNanos;
    private final long pingAfterNanos;
    private final long idleTimeoutNanos;
    private final long lingerNanos;

    private PoolSettings(
            int size, int overflow, long recycleNanos, long pingAfterNanos, long idleTimeoutNanos, long lingerNanos) {
        this.size = size;
        this.overflow = overflow;
        this.recycleNanos = recycleNanos;
        this.pingAfterNanos = pingAfterNanos;
        this.idleTimeoutNanos = idleTimeoutNanos;
        this.lingerNanos = lingerNanos;
    }

    /** Resources kept idle; 0 = none, whatever comes back is surplus. */
    public PoolSettings withSize(int newSize) {
        if (newSize < 0) {
            throw new IllegalArgumentException("size " + newSize + " is negative");
        }
        return new PoolSettings(newSize, overflow, recycleNanos, pingAfterNanos, idleTimeoutNanos, lingerNanos);
    }

    /** Resources opened beyond the size; -1 = no limit. */
    public PoolSettings withOverflow(int newOverflow) {
        if (newOverflow < -1) {
            throw new IllegalArgumentException("overflow " + newOverflow + " is below -1, which means no limit");
        }
        return new PoolSettings(size, newOverflow, recycleNanos, pingAfterNanos, idleTimeoutNanos, lingerNanos);
    }

    /** Age after which a resource is replaced at its check-out, up to a tenth earlier; 0 = never. */
    public PoolSettings withRecycle(Duration recycle) {
        return new PoolSettings(size, overflow, nanosOrNever(recycle), pingAfterNanos, idleTimeoutNanos, lingerNanos);
    }

    /** Idleness after which a resource is asked whether it is alive at its check-out; 0 = never asked. */
    public PoolSettings withPingAfter(Duration pingAfter) {
        return new PoolSettings(size, overflow, recycleNanos, nanosOrNever(pingAfter), idleTimeoutNanos, lingerNanos);
    }

    /** Idleness after which a resource is closed; 0 = never. */
    public PoolSettings withIdleTimeout(Duration idleTimeout) {
        return new PoolSettings(size, overflow, recycleNanos, pingAfterNanos, nanosOrNever(idleTimeout), lingerNanos);
    }

    /** As {@link #withIdleTimeout}, unless it is less already. */
    public PoolSettings withIdleTimeoutAtMost(Duration idleTimeout) {
        return nanosOrNever(idleTimeout) < idleTimeoutNanos ? withIdleTimeout(idleTimeout) : this;
    }

    /** Idleness after which a resource beyond the size is closed; 0 = at its return. */
    public PoolSettings withLinger(Duration linger) {
        return new PoolSettings(size, overflow, recycleNanos, pingAfterNanos, idleTimeoutNanos, nanos(linger));
    }

    /** Resources kept idle. */
    public int size() {
        return size;
    }

    /** Resources opened beyond the size; -1 = no limit. */
    public int overflow() {
        return overflow;
    }

    /** Most places there may be, {@link Integer#MAX_VALUE} for no limit. */
    public int cap() {
        long sum = (long) size + overflow;
        return overflow < 0 ? Integer.MAX_VALUE : (int) Math.min(sum, Integer.MAX_VALUE);
    }

    /** Age after which a resource is replaced, or {@link #NEVER}. */
    public long recycleNanos() {
        return recycleNanos;
    }

    /** Idleness after which it is asked whether it is alive, or {@link #NEVER}. */
    public long pingAfterNanos() {
        return pingAfterNanos;
    }

    /** Idleness after which it is closed, or {@link #NEVER}. */
    public long idleTimeoutNanos() {
        return idleTimeoutNanos;
    }

    /** Idleness after which it is closed beyond the size; 0 = at its return. */
    public long lingerNanos() {
        return lingerNanos;
    }

    private static long nanosOrNever(Duration duration) {
        return duration.isZero() ? NEVER : nanos(duration);
    }

    private static long nanos(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(duration + " is negative");
        }
        return duration.toNanos();
    }
}
