package dev.poolwright.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * Stands for an {@code Array}, {@code Blob}, {@code Clob}, {@code SQLXML}, {@code Ref}, or the description of a result
 * or of parameters: things that may ask their connection long after it was closed.
 */
public abstract class ValueHandle extends ChildHandle {

    protected ValueHandle(ConnectionHandle connection) {
        super(connection);
    }

    @Override
    final void closeRaw() {}

    /** For those of them that are a {@link Wrapper}. */
    public final <T> T unwrap(Class<T> type) throws SQLException {
        return unwrapTo(type);
    }

    /** For those of them that are a {@link Wrapper}. */
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return wraps(type);
    }
}
