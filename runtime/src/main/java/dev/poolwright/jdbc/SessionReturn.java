package dev.poolwright.jdbc;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.SessionReset;
import dev.poolwright.sql.Verdict;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The part of a return that is about what SQL text did to the session, and the telling of it. */
final class SessionReturn {

    private SessionReturn() {}

    /**
     * Makes the session new again if it may not be; its transaction has ended.
     *
     * @return false if the connection must be closed
     */
    static boolean isNew(ConnectionHandle handle, PhysicalConnection physical) throws SQLException {
        SessionResets resets = handle.lending().resets();
        int left = handle.dirty();
        if (resets == null || !resets.isNeeded(left)) {
            physical.remembersKeys(physical.remembersKeys() || SessionResets.madeKeys(left));
            return true;
        }
        if (resets.never()) {
            tell(handle, resets, SessionReset.Outcome.LEFT, 0);
            return true;
        }
        EngineListener listener = handle.lending().listener();
        long start = listener == null ? 0 : Ticker.SYSTEM.nanos();
        boolean done = false;
        try {
            Connection raw = physical.raw();
            if (!raw.getAutoCommit()) {
                raw.setAutoCommit(true);
            }
            done = resets.reset(raw, left);
        } finally {
            if (!done) {
                resets.closes();
            }
            tell(handle, resets, done ? SessionReset.Outcome.RESET : SessionReset.Outcome.CLOSED, start);
        }
        physical.remembersKeys(false);
        return done;
    }

    /** Counts a session that would have been reset, if its connection were lent again and somebody wants to know. */
    static void observe(ConnectionHandle handle) {
        SessionResets resets = handle.lending().resets();
        if (resets != null && resets.isNeeded(handle.dirty())) {
            tell(handle, resets, SessionReset.Outcome.LEFT, 0);
        }
    }

    private static void tell(ConnectionHandle handle, SessionResets resets, SessionReset.Outcome outcome, long start) {
        Verdict cause = handle.cause();
        String reason = reason(handle, cause);
        resets.causes().count(reason, cause);
        Lending lending = handle.lending();
        EngineListener listener = lending.listener();
        if (listener == null) {
            return;
        }
        try {
            long nanos = start == 0 ? 0 : Ticker.SYSTEM.nanos() - start;
            String statement = cause == null ? "" : cause.what();
            listener.sessionReset(lending.engine(), new SessionReset(outcome, reason, statement, nanos));
        } catch (Throwable accident) {
            lending.accident(accident);
        }
    }

    private static String reason(ConnectionHandle handle, @Nullable Verdict cause) {
        Verdict.Reason why = cause == null ? null : cause.reason();
        if (why != null) {
            return why.name().toLowerCase(Locale.ROOT);
        }
        return SessionResets.madeKeys(handle.dirty()) ? "keys" : "always";
    }
}
