package dev.poolwright.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/**
 * Stands for a {@code ResultSetMetaData}. How many columns there are and what they are called no driver asks its server:
 * that is told after the close as well, if the driver tells it.
 */
public abstract class DescriptionHandle extends ValueHandle implements ResultSetMetaData {

    protected DescriptionHandle(ConnectionHandle connection) {
        super(connection);
    }

    private ResultSetMetaData raw() {
        return (ResultSetMetaData) poolwrightRaw();
    }

    @Override
    public final int getColumnCount() throws SQLException {
        int call = connection.tryBeginCall();
        try {
            return raw().getColumnCount();
        } finally {
            connection.endCall(call);
        }
    }

    @Override
    public final String getColumnLabel(int column) throws SQLException {
        int call = connection.tryBeginCall();
        try {
            return raw().getColumnLabel(column);
        } finally {
            connection.endCall(call);
        }
    }

    @Override
    public final String getColumnName(int column) throws SQLException {
        int call = connection.tryBeginCall();
        try {
            return raw().getColumnName(column);
        } finally {
            connection.endCall(call);
        }
    }
}
