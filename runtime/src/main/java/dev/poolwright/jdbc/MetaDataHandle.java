package dev.poolwright.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** Stands for a {@code DatabaseMetaData}. */
public abstract class MetaDataHandle extends ChildHandle implements DatabaseMetaData {

    protected MetaDataHandle(ConnectionHandle connection) {
        super(connection);
    }

    @Override
    public final Connection getConnection() throws SQLException {
        connection.endCall(connection.beginCall());
        return connection;
    }

    @Override
    final void closeRaw() {}

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        return unwrapTo(type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return wraps(type);
    }
}
