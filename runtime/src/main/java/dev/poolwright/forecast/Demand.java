package dev.poolwright.forecast;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How one engine's connections were asked for, where each is opened and closed: how many, for how long, and how many of
 * the openings a pool would have spared.
 *
 * <p>Safe for any thread. Behind a lock, which is held for arithmetic only: whoever comes here has just talked to a server.
 */
final class Demand {

    /** More at once than that are counted as so many. */
    private static final int MOST = 1_024;

    private final Object lock = new Object();
    private long[] nanosAt = new long[8]; // grows to MOST + 1
    private final long[] idleSince;
    private final long idleTimeoutNanos;

    private long began;
    private long changed;
    private int lent;
    private int most;
    private int idle;
    private long checkOuts;
    private long spared;
    private long opened;
    private long failed;
    private long openNanos;
    private long longestOpenNanos;

    /**
     * @param size             how many connections the pool would keep
     * @param idleTimeoutNanos how long it would keep one that nobody uses; 0 = for ever
     */
    Demand(int size, long idleTimeoutNanos) {
        this.idleSince = new long[size];
        this.idleTimeoutNanos = idleTimeoutNanos;
    }

    /** A connection was opened, or could not be. */
    void opened(long nanos, boolean succeeded) {
        synchronized (lock) {
            if (succeeded) {
                opened++;
            } else {
                failed++;
            }
            openNanos += nanos;
            longestOpenNanos = Math.max(longestOpenNanos, nanos);
        }
    }

    /** One was lent, asked for so long ago. */
    void lent(long nowNanos, long waitedNanos) {
        synchronized (lock) {
            if (checkOuts == 0) {
                began = nowNanos - waitedNanos;
                changed = nowNanos;
            }
            passes(nowNanos);
            lent++;
            most = Math.max(most, lent);
            checkOuts++;
            // The one that came back last would be next; if that is too old, all of them are.
            if (idle > 0 && idleTimeoutNanos > 0 && nowNanos - idleSince[idle - 1] >= idleTimeoutNanos) {
                idle = 0;
            }
            if (idle > 0) {
                idle--;
                spared++;
            }
        }
    }

    /** One came back, or was taken back. */
    void cameBack(long nowNanos, boolean usable) {
        synchronized (lock) {
            passes(nowNanos);
            lent = Math.max(0, lent - 1);
            if (usable && idle < idleSince.length) {
                idleSince[idle++] = nowNanos;
            }
        }
    }

    private void passes(long nowNanos) {
        int at = Math.min(lent, MOST);
        if (at >= nanosAt.length) {
            nanosAt = Arrays.copyOf(nanosAt, Math.min(MOST + 1, 2 * at));
        }
        nanosAt[at] += Math.max(0, nowNanos - changed);
        changed = nowNanos;
    }

    /** So many were enough for {@code percent} of the time in which any was lent. */
    private int enoughFor(int percent) {
        long busy = 0;
        for (int i = 1; i < nanosAt.length; i++) {
            busy += nanosAt[i];
        }
        long left = busy / 100 * percent;
        int enough = 1;
        for (left -= nanosAt[1]; left > 0; left -= nanosAt[enough]) {
            enough++;
        }
        return enough;
    }

    /** In one line, for people; null if nobody has asked for anything. */
    @Nullable
    String text(long nowNanos) {
        synchronized (lock) {
            if (checkOuts == 0) {
                return failed == 0 ? null : failed + " connects failed, none succeeded";
            }
            passes(nowNanos);
            double seconds = Math.max(1, nowNanos - began) / (double) TimeUnit.SECONDS.toNanos(1);
            StringBuilder text = new StringBuilder();
            text.append(String.format(
                    Locale.ROOT,
                    "%d connects in %.1f s (%.1f a second), %.1f s spent in them (%.1f ms each, the longest %.0f ms)",
                    opened,
                    seconds,
                    opened / seconds,
                    openNanos / 1e9,
                    openNanos / 1e6 / Math.max(1, opened + failed),
                    longestOpenNanos / 1e6));
            if (failed > 0) {
                text.append(", ").append(failed).append(" failed");
            }
            text.append("; at most ").append(most).append(" at once, ").append(enoughFor(99));
            text.append(" were enough for 99 % of the time; a pool of ").append(idleSince.length);
            text.append(" would have opened ").append(checkOuts - spared).append(" instead");
            return text.toString();
        }
    }

    @Override
    public String toString() {
        synchronized (lock) {
            return lent + " lent, " + Arrays.toString(Arrays.copyOf(idleSince, idle));
        }
    }
}
