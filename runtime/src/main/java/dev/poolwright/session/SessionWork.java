package dev.poolwright.session;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done in a session.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface SessionWork<T extends @Nullable Object> {

    /** Does it; the caller commits when this returns, rolls back when it throws, and closes. */
    T with(Session session) throws SQLException;
}
