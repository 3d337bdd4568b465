package dev.poolwright.session;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done in a session.
 *
 * @param <T> what it returns
 * @param <X> what it throws besides SQLException
 */
@FunctionalInterface
public interface SessionWork<T extends @Nullable Object, X extends Exception> {

    /** Does it; the caller commits when this returns, rolls back when it throws, and closes. */
    T with(Session session) throws SQLException, X;
}
