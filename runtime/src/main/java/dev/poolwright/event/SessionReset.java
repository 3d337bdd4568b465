package dev.poolwright.event;

/**
 * A connection came back whose session SQL text may have changed, and what was done about it.
 *
 * <p>Immutable.
 */
public final class SessionReset {

    /** What was done. */
    public enum Outcome {
        /** The session was made new again. */
        RESET,
        /** The connection was closed: this database, driver or change knows no reset, or it failed. */
        CLOSED,
        /** Nothing: the operator does not want it. */
        LEFT
    }

    private final Outcome outcome;
    private final String reason;
    private final String statement;
    private final long nanos;

    /**
     * @param outcome   what was done
     * @param reason    why, one of few words: {@code setting}, {@code function}, {@code call}, {@code into}, {@code
     *     statement}, {@code text}, {@code keys}, {@code always}
     * @param statement the beginning of the first statement that made it necessary, or the function in it, without any
     *     literal: {@code SET search_path}, {@code next_invoice()}; empty where none did
     * @param nanos     how long that took; the closing of a connection is not in it
     */
    public SessionReset(Outcome outcome, String reason, String statement, long nanos) {
        this.outcome = outcome;
        this.reason = reason;
        this.statement = statement;
        this.nanos = nanos;
    }

    /** What was done. */
    public Outcome outcome() {
        return outcome;
    }

    /** Why, one of few words. */
    public String reason() {
        return reason;
    }

    /** The beginning of the first statement that made it necessary, or the function in it; never a literal. */
    public String statement() {
        return statement;
    }

    /** How long that took. */
    public long nanos() {
        return nanos;
    }

    @Override
    public String toString() {
        return outcome + " because of " + reason + (statement.isEmpty() ? "" : " " + statement);
    }
}
