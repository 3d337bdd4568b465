package dev.poolwright.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a {@code ResultSetMetaData}. How many columns there are and what they are called no driver asks its server:
 * that is told after the close as well, if the driver tells it. The rest depends on the driver, and on the rows.
 */
public abstract class DescriptionHandle extends ValueHandle implements ResultSetMetaData {

    private @Nullable ResultSetHandle rows;

    protected DescriptionHandle(ConnectionHandle connection) {
        super(connection);
    }

    /** This was got from {@code rows}. */
    final void describes(ResultSetHandle rows) {
        this.rows = rows;
    }

    @Override
    boolean answersAfterClose(String method) {
        ResultSetHandle of = rows;
        return (of != null && of.isLeftOpen() && outlivingAnswers(method)) || super.answersAfterClose(method);
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
