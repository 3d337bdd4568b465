package dev.poolwright.event;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Who has a connection of an engine now: what an operator wants to know when all are lent.
 *
 * <p>Immutable; what it says was so when it was asked for.
 */
public final class Holder {

    private final String site;
    private final List<StackTraceElement> stack;
    private final String thread;
    private final long heldNanos;
    private final long unusedNanos;
    private final boolean inCall;
    private final boolean inTransaction;
    private final String lastStatement;

    /**
     * @param site          the line that acquired it, or why it is unknown
     * @param stack         the acquiring stack from the application's first frame, empty if it was not recorded
     * @param thread        name of the acquiring thread, or {@code ?}
     * @param heldNanos     how long it has been held
     * @param unusedNanos   for how long no call has begun, as far as that was looked at
     * @param inCall        whether a call is in flight
     * @param inTransaction whether something was sent since a transaction ended, so that one may be open
     * @param lastStatement the text that was prepared or run last, without literals, or empty
     */
    public Holder(
            String site,
            List<StackTraceElement> stack,
            String thread,
            long heldNanos,
            long unusedNanos,
            boolean inCall,
            boolean inTransaction,
            String lastStatement) {
        this.site = site;
        this.stack = Collections.unmodifiableList(stack);
        this.thread = thread;
        this.heldNanos = heldNanos;
        this.unusedNanos = unusedNanos;
        this.inCall = inCall;
        this.inTransaction = inTransaction;
        this.lastStatement = lastStatement;
    }

    /** The line that acquired it and who called that, as {@link Leak#site()}, or why they are unknown. */
    public String site() {
        return site;
    }

    /** The acquiring stack from the application's first frame; empty if it was not recorded. */
    public List<StackTraceElement> stack() {
        return stack;
    }

    /** Name of the acquiring thread, as it was then, or {@code ?}. */
    public String thread() {
        return thread;
    }

    /** How long it has been held, in nanoseconds, from the first tick of the housekeeper that saw it, a quarter of a second. */
    public long heldNanos() {
        return heldNanos;
    }

    /**
     * For how long no call has begun, in nanoseconds, from the first time that anybody asked who holds it: who asks twice
     * learns whether something has happened in between. 0 while a call is in flight.
     */
    public long unusedNanos() {
        return unusedNanos;
    }

    /** Whether a call is in flight. */
    public boolean inCall() {
        return inCall;
    }

    /** Whether something was sent since the last transaction ended, so that one may be open in the database. */
    public boolean inTransaction() {
        return inTransaction;
    }

    /** The text that was prepared or run last, every literal replaced by a question mark; empty if there was none. */
    public String lastStatement() {
        return lastStatement;
    }

    /** One line for people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s by thread %s, held %.1f s, %s%s%s",
                site,
                thread,
                heldNanos / 1e9,
                inCall ? "in a call" : String.format(Locale.ROOT, "unused %.1f s", unusedNanos / 1e9),
                inTransaction ? ", in a transaction" : "",
                lastStatement.isEmpty() ? "" : ": " + lastStatement);
    }
}
