package dev.poolwright.engine;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One transaction from its beginning to the connection's return, whatever happens in it. */
final class Transaction {

    private Transaction() {}

    static <T extends @Nullable Object> T run(Connection connection, TransactionWork<T> work) throws SQLException {
        T result;
        try {
            connection.setAutoCommit(false);
            result = work.with(connection);
            connection.commit();
        } catch (Throwable failure) {
            try {
                connection.rollback();
            } catch (SQLException | RuntimeException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            try {
                connection.close();
            } catch (SQLException | RuntimeException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
        connection.close(); // which brings auto-commit back
        return result;
    }
}
