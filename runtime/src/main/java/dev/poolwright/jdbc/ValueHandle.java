package dev.poolwright.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an {@code Array}, {@code Blob}, {@code Clob}, {@code SQLXML}, {@code Ref}, or the description of a result
 * or of parameters: things that may ask their connection long after it was closed.
 */
public abstract class ValueHandle extends ChildHandle {

    private static final Class<?>[] INTERFACES = {
        Array.class,
        Blob.class,
        NClob.class,
        Clob.class,
        SQLXML.class,
        Ref.class,
        ResultSetMetaData.class,
        ParameterMetaData.class
    };

    /** The interface by which an object of {@code type} is represented here, or null if it is not. */
    public static @Nullable Class<?> interfaceOf(Class<?> type) {
        for (Class<?> each : INTERFACES) {
            if (each.isAssignableFrom(type)) {
                return each;
            }
        }
        return null;
    }

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
