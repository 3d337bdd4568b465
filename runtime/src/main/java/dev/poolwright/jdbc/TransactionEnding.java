package dev.poolwright.jdbc;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.sql.Verdict;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** The end of a transaction at the application's word, told to whoever listens. */
final class TransactionEnding {

    private TransactionEnding() {}

    /** Ends the transaction of {@code connection}, or goes back to {@code savepoint}, the driver's own. */
    static void by(ConnectionHandle connection, TransactionEnd how, @Nullable Savepoint savepoint) throws SQLException {
        int call = connection.beginCall();
        Connection raw = connection.driver(call);
        // Of a closed connection nobody needs to hear.
        EngineListener listener =
                call == CallGuard.AFTER_CLOSE ? null : connection.lending().listener();
        boolean live = false;
        long start = listener == null ? 0 : Ticker.SYSTEM.nanos();
        Throwable failure = null;
        try {
            // In auto-commit mode setAutoCommit(true) ends nothing, not even a transaction begun by SQL text.
            boolean ends =
                    call != CallGuard.AFTER_CLOSE && (how != TransactionEnd.IMPLICIT_COMMIT || !raw.getAutoCommit());
            live = ends && connection.isTouched();
            switch (how) {
                case COMMIT:
                    raw.commit();
                    break;
                case ROLLBACK:
                    raw.rollback();
                    break;
                case ROLLBACK_TO_SAVEPOINT:
                    raw.rollback(savepoint);
                    break;
                case IMPLICIT_COMMIT:
                    connection.markDirty(SessionDefaults.AUTO_COMMIT, call);
                    raw.setAutoCommit(true);
                    break;
            }
            if (ends && how != TransactionEnd.ROLLBACK_TO_SAVEPOINT) {
                connection.transactionEnded(call);
                connection.physical().ran(Verdict.Work.ENDS);
            }
        } catch (Throwable thrown) {
            failure = thrown;
            throw connection.thrown(thrown);
        } finally {
            connection.endCall(call);
            if (listener != null && (live || failure != null)) {
                tell(connection.lending(), listener, how, start, failure);
            }
        }
    }

    private static void tell(
            Lending lending, EngineListener listener, TransactionEnd how, long start, @Nullable Throwable failure) {
        try {
            listener.transactionEnded(lending.engine(), how, start, Ticker.SYSTEM.nanos(), failure);
        } catch (Throwable accident) {
            lending.accident(accident);
        }
    }
}
