package dev.poolwright.sql;

import org.jspecify.annotations.Nullable;

/**
 * What one SQL text may leave on its session.
 *
 * <p>Immutable, but for whether it was met before.
 */
public final class Verdict {

    /** Something of the session that a reset brings back. */
    public static final int CHANGES = 1;

    /** Prepared statements of its own, or something that makes those of the driver stale. */
    public static final int PLANS = 1 << 1;

    /** Another default database, which some resets leave as it is. */
    public static final int CATALOG = 1 << 2;

    /** Something that no reset brings back. */
    public static final int FOR_GOOD = 1 << 3;

    /** Keys may be made, so that the session remembers the last one. */
    public static final int MAKES_KEYS = 1 << 4;

    /** The last key that the session has made is asked for. */
    public static final int READS_KEYS = 1 << 5;

    /** Those of the bits that say what is left. */
    public static final int LEFT = (1 << 6) - 1;

    /** What the statement before did is asked for: how many rows, which warnings. */
    public static final int READS_LAST = 1 << 6;

    /** Anything at all. */
    public static final int ANYTHING = CHANGES | PLANS | CATALOG;

    /** Any of these and the session is not what a new one is. */
    public static final int DIRTY = CHANGES | PLANS | CATALOG | FOR_GOOD;

    /** Why a session is not as it was when it was new; few, for people and for metrics. */
    public enum Reason {
        /** A statement that is made to change the session: {@code SET}, {@code USE}, {@code LOCK TABLES}. */
        SETTING,
        /** A function that is not known to leave the session alone. */
        FUNCTION,
        /** A procedure or a block of code. */
        CALL,
        /** A query that makes a table or sets a variable. */
        INTO,
        /** Any other statement that is no plain query or change of rows: DDL, for instance. */
        STATEMENT,
        /** A text that was not understood. */
        TEXT
    }

    /** The text itself, so that finding the verdict on it is finding one object. */
    final String sql;

    private final int bits;
    private final @Nullable Reason reason;
    private final String what;
    private final IdleEffect onIdle;
    private final Work work;

    /** Without a fence: who races meets it once more. */
    private boolean met;

    /** Whether this was asked before. */
    boolean isMetAgain() {
        boolean before = met;
        met = true;
        return before;
    }

    /** What running it means for the transaction. */
    public enum Work {
        /** Nothing, or that is not known: it reads. */
        READS,
        /** Something is changed that a rollback would bring back. */
        WRITES,
        /** There is none any longer, and nothing left to be rolled back. */
        ENDS
    }

    /**
     * @param sql    the text
     * @param reason the first one, or null if the session stays clean
     * @param what   the statement without anything that could be data: {@code SET search_path}, {@code next_invoice()}
     * @param onIdle what running it means for idle connections
     * @param work   what running it means for the transaction
     */
    Verdict(String sql, int bits, @Nullable Reason reason, String what, IdleEffect onIdle, Work work) {
        this.sql = sql;
        this.bits = bits;
        this.reason = reason;
        this.what = what;
        this.onIdle = onIdle;
        this.work = work;
    }

    /** What running it means for the connections that are idle meanwhile. */
    public IdleEffect onIdle() {
        return onIdle;
    }

    /** What running it means for the transaction. */
    public Work work() {
        return work;
    }

    /** Whether running it means nothing but to whoever runs it. */
    public boolean isOnlyRead() {
        return work == Work.READS && onIdle == IdleEffect.NONE;
    }

    /** What may be left, as bits; 0 = nothing at all. */
    public int bits() {
        return bits;
    }

    /** Whether the session may not be what a new one is. */
    public boolean isDirty() {
        return (bits & DIRTY) != 0;
    }

    /** Why, or null if it is not dirty. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** The beginning of the statement without anything that could be data; empty if it is not dirty. */
    public String what() {
        return what;
    }

    @Override
    public String toString() {
        return reason == null ? "clean " + bits : reason + " " + bits + " " + what;
    }
}
