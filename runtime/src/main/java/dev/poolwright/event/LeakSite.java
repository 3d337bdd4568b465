package dev.poolwright.event;

import java.util.Locale;

/**
 * A line of code that acquires connections of an engine: how many it has leaked, and what it holds now.
 *
 * <p>Immutable; what it says was so when it was asked for.
 */
public final class LeakSite {

    private final String site;
    private final long leaked;
    private final int held;
    private final long oldestNanos;

    /**
     * @param site        the line, or why it is unknown
     * @param leaked      how many connections it has leaked
     * @param held        how many it holds
     * @param oldestNanos how long it has held the oldest of those
     */
    public LeakSite(String site, long leaked, int held, long oldestNanos) {
        this.site = site;
        this.leaked = leaked;
        this.held = held;
        this.oldestNanos = oldestNanos;
    }

    /** The line, {@code com.acme.OrderDao.save(OrderDao.java:41)}, or why it is unknown. */
    public String site() {
        return site;
    }

    /** How many connections that it acquired were leaked and taken back, since the engine was made. */
    public long leaked() {
        return leaked;
    }

    /** How many that it acquired are held now. */
    public int held() {
        return held;
    }

    /** For how long the oldest of those has been held, in nanoseconds; 0 if there is none. */
    public long oldestNanos() {
        return oldestNanos;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return site + ": " + leaked + " leaked, " + held + " held"
                + (held == 0 ? "" : String.format(Locale.ROOT, ", the oldest for %.1f s", oldestNanos / 1e9));
    }
}
