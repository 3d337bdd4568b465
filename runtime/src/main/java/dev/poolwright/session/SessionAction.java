package dev.poolwright.session;

import java.sql.SQLException;

/**
 * Something that is done in a session and returns nothing.
 *
 * @param <X> what it throws besides SQLException
 */
@FunctionalInterface
public interface SessionAction<X extends Exception> {

    /** Does it; the caller commits when this returns, rolls back when it throws, and closes. */
    void with(Session session) throws SQLException, X;
}
