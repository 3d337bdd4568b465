package dev.poolwright.time;

/**
 * The time as of the last tick of whoever keeps it, in {@link Ticker} nanoseconds: a field read instead of a clock read.
 *
 * <p>Any thread may read; up to one tick late while somebody keeps it, and {@link #STOPPED} when nobody does.
 */
public final class CoarseClock {

    /** What {@link #nanos()} returns when nobody keeps this clock: read a {@link Ticker} and have it started again. */
    public static final long STOPPED = Long.MIN_VALUE;

    private volatile long nanos = STOPPED;

    /** The time of the last tick, or {@link #STOPPED}. */
    public long nanos() {
        return nanos;
    }

    /** Whether nobody keeps this clock. */
    public boolean isStopped() {
        return nanos == STOPPED;
    }

    /** Sets the time; called at each tick. */
    public void set(long nowNanos) {
        nanos = nowNanos == STOPPED ? STOPPED + 1 : nowNanos;
    }

    /** Says that nobody keeps this clock any longer. A full fence, as {@link #set} is. */
    public void stop() {
        nanos = STOPPED;
    }
}
