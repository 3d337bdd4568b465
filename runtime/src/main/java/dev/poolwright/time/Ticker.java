package dev.poolwright.time;

/**
 * Reads a monotonic clock, in nanoseconds from an arbitrary origin.
 *
 * <p>The only way to the time in this project: tests pass their own. Safe for any thread.
 */
@FunctionalInterface
public interface Ticker {

    /** The clock of the machine. About 20 ns a read: not for the check-out path. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    /** Nanoseconds since an arbitrary, fixed moment; only differences have a meaning. */
    long nanos();
}
