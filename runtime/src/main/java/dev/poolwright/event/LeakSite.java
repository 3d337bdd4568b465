package dev.poolwright.event;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A line of code that acquires connections of an engine, told apart by who calls it: how many it has leaked, and what it holds now.
 *
 * <p>Immutable; what it says was so when it was asked for.
 */
public final class LeakSite {

    private final String site;
    private final long leaked;
    private final int held;
    private final long oldestNanos;
    private final List<StackTraceElement> stack;
    private final String lastStatement;

    /**
     * @param site          the line and who called it, or why they are unknown
     * @param leaked        how many connections it has leaked
     * @param held          how many it holds
     * @param oldestNanos   how long it has held the oldest of those
     * @param stack         of one of them, from the line on; empty if it was not recorded
     * @param lastStatement of the latest it has leaked, without literals; empty = none
     */
    public LeakSite(
            String site, long leaked, int held, long oldestNanos, List<StackTraceElement> stack, String lastStatement) {
        this.site = site;
        this.leaked = leaked;
        this.held = held;
        this.oldestNanos = oldestNanos;
        this.stack = Collections.unmodifiableList(stack);
        this.lastStatement = lastStatement;
    }

    /** The line and who called it, as {@link Leak#site()}, or why they are unknown. */
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

    /** The stack of one that it has leaked or holds, from the line on, outermost last, 64 frames at most; empty if it was not recorded. */
    public List<StackTraceElement> stack() {
        return stack;
    }

    /** What the latest that it has leaked ran last, every literal replaced by a question mark; empty if there was none. */
    public String lastStatement() {
        return lastStatement;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return site + ": " + leaked + " leaked, " + held + " held"
                + (held == 0 ? "" : String.format(Locale.ROOT, ", the oldest for %.1f s", oldestNanos / 1e9));
    }
}
