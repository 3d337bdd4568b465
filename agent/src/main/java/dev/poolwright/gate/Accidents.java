package dev.poolwright.gate;

import java.util.concurrent.TimeUnit;

/** Counts failures of ours in a window of time: a gate that works nearly always goes on for years. Any thread may call. */
final class Accidents {

    /** In one window. */
    static final int TOO_MANY = 100;

    private static final long WINDOW_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Object lock = new Object();
    private long windowStart; // guarded by lock
    private int inWindow; // guarded by lock
    private boolean any; // guarded by lock
    private long total; // guarded by lock
    private boolean tooMany; // guarded by lock

    /** What one more of them is. */
    enum Rank {
        FIRST,
        ONE_MORE,
        TOO_MANY
    }

    /** One happened at {@code nowNanos}; {@link Rank#TOO_MANY} is said once per window. */
    Rank add(long nowNanos) {
        synchronized (lock) {
            if (!any || nowNanos - windowStart >= WINDOW_NANOS) {
                windowStart = nowNanos;
                inWindow = 0;
            }
            inWindow++;
            total++;
            tooMany |= inWindow == TOO_MANY;
            Rank rank = !any ? Rank.FIRST : inWindow == TOO_MANY ? Rank.TOO_MANY : Rank.ONE_MORE;
            any = true;
            return rank;
        }
    }

    /** Since the gate was opened. */
    long total() {
        synchronized (lock) {
            return total;
        }
    }

    /** Whether there were once too many in a window, so that the gate took itself out. */
    boolean wereTooMany() {
        synchronized (lock) {
            return tooMany;
        }
    }

    /** Somebody wants to try again. */
    void forgetTooMany() {
        synchronized (lock) {
            tooMany = false;
            inWindow = 0;
        }
    }
}
