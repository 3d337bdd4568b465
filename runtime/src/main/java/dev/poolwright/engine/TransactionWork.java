package dev.poolwright.engine;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done in one transaction, for {@link Engine#inTransaction}.
 *
 * @param <T> what it returns
 * @param <X> what it throws besides SQLException
 */
@FunctionalInterface
public interface TransactionWork<T extends @Nullable Object, X extends Exception> {

    /** Does it; the caller commits when this returns, rolls back when it throws, and closes the connection. */
    T with(Connection connection) throws SQLException, X;
}
