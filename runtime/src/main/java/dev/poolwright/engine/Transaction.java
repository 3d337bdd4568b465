package dev.poolwright.engine;

import dev.poolwright.jdbc.Lending;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One transaction from its beginning to the connection's return, whatever happens in it. */
final class Transaction {

    private Transaction() {}

    static <T extends @Nullable Object, X extends Exception> T run(
            Connection connection, TransactionWork<T, X> work, Lending lending) throws SQLException, X {
        T result;
        try {
            connection.setAutoCommit(false);
            result = work.with(connection);
            connection.commit();
        } catch (Throwable failure) {
            endAfter(failure, connection);
            throw failure;
        }
        try {
            connection.close(); // which brings auto-commit back
        } catch (SQLException | RuntimeException unheard) {
            lending.accident(unheard); // what is committed must not look as if it had failed
        }
        return result;
    }

    private static void endAfter(Throwable failure, Connection connection) {
        try {
            connection.rollback();
        } catch (Throwable alsoFailed) {
            failure.addSuppressed(alsoFailed);
            try {
                connection.abort(Runnable::run); // the driver's close might commit
            } catch (Throwable failedAgain) {
                failure.addSuppressed(failedAgain);
            }
        }
        try {
            connection.close();
        } catch (Throwable alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
