package dev.poolwright.jdbc;

import dev.poolwright.config.Reset;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.dialect.clean.SessionCleaner;
import dev.poolwright.sql.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * When sessions of one engine are reset, how, and how often they were.
 *
 * <p>Safe for any thread. What SQL text left of a borrow is kept among the bits of {@link SessionDefaults}, moved up by
 * {@link #SHIFT}.
 */
final class SessionResets {

    /** Above the bits of the properties. */
    static final int SHIFT = 10;

    private static final int DIRTY = Verdict.DIRTY << SHIFT;
    private static final int KEYS_MADE = Verdict.MAKES_KEYS << SHIFT;

    private final Reset when;
    private final Dialect dialect;
    private final @Nullable SessionCleaner cleaner;
    private final ResetCauses causes = new ResetCauses();
    private final AtomicInteger readEarly = new AtomicInteger();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong closings = new AtomicLong();
    private volatile boolean keysAreRead;

    SessionResets(Reset when, Dialect dialect) {
        this.when = when;
        this.dialect = dialect;
        this.cleaner = dialect.newCleaner();
    }

    /** Whether every session is reset. */
    boolean always() {
        return when == Reset.ALWAYS;
    }

    /** Whether what SQL text changes is left as it is. */
    boolean never() {
        return when == Reset.NEVER;
    }

    /** Whether {@code left} by a borrow, as bits, means that something must be done. */
    boolean isNeeded(int left) {
        return always() || (left & DIRTY) != 0 || (keysAreRead && (left & KEYS_MADE) != 0);
    }

    static boolean isDirty(int left) {
        return (left & DIRTY) != 0;
    }

    static boolean madeKeys(int left) {
        return (left & KEYS_MADE) != 0;
    }

    /**
     * Makes the session of {@code raw} new again; no transaction is open, and auto-commit is on.
     *
     * @return false if the connection must be closed
     */
    boolean reset(Connection raw, int left) throws SQLException {
        boolean forGood = (left & Verdict.FOR_GOOD << SHIFT) != 0;
        boolean done = !forGood
                && cleaner != null
                && cleaner.clean(raw, (left & Verdict.PLANS << SHIFT) != 0, (left & Verdict.CATALOG << SHIFT) != 0);
        if (done) {
            resets.incrementAndGet();
        }
        return done;
    }

    /** A connection is closed because its session could not be reset. */
    void closes() {
        closings.incrementAndGet();
    }

    /** Why sessions were reset, or would have been. */
    ResetCauses causes() {
        return causes;
    }

    /** Sessions that were reset since the engine was made. */
    long resets() {
        return resets.get();
    }

    /** Connections that were closed since then because theirs could not be. */
    long closings() {
        return closings.get();
    }

    /**
     * A statement asks for the last key that its session has made.
     *
     * @return whether this is the first time: from now on sessions that have made one are dirty
     */
    boolean keysAreRead() {
        boolean first = !keysAreRead;
        keysAreRead = true;
        return first;
    }

    boolean forgetKeys(Connection raw) throws SQLException {
        return dialect.forgetKeys(raw);
    }

    /**
     * {@code property} was to be remembered when SQL text had changed the session already: new connections are to be
     * asked for it before they are used.
     */
    void readEarly(int property) {
        int seen;
        do {
            seen = readEarly.get();
        } while (!readEarly.compareAndSet(seen, seen | property));
    }

    /** {@code physical} is new: what has to be known of new ones is read. Leaves no transaction open. */
    void opened(PhysicalConnection physical) {
        int early = readEarly.get();
        boolean shown = cleaner != null && cleaner.wantsNew();
        if (early == 0 && !shown) {
            return;
        }
        Connection raw = physical.raw();
        try {
            for (int left = early; left != 0; left &= left - 1) {
                physical.defaults().remember(Integer.lowestOneBit(left), raw);
            }
            if (cleaner != null && shown) {
                cleaner.observeNew(raw);
            }
            if (!raw.getAutoCommit()) {
                raw.rollback();
            }
        } catch (SQLException | RuntimeException | LinkageError unreadable) {
            // Whoever needs it will not find it, and have the connection closed.
        }
    }
}
