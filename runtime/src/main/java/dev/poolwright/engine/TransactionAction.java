package dev.poolwright.engine;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Something that is done in one transaction and returns nothing, for {@link Engine#useTransaction}.
 *
 * @param <X> what it throws besides SQLException
 */
@FunctionalInterface
public interface TransactionAction<X extends Exception> {

    /** Does it; the caller commits when this returns, rolls back when it throws, and closes the connection. */
    void with(Connection connection) throws SQLException, X;
}
