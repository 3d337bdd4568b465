package dev.poolwright.bench.stub;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** A statement that changes one row, or finds ten, whatever it says; for one thread at a time. */
public abstract class StubStatement implements PreparedStatement {

    private @Nullable Connection connection;
    private int parameter;
    private boolean closed;

    /** Open. */
    protected StubStatement() {}

    void openedBy(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection mine = connection;
        if (mine == null) {
            throw new SQLException("not opened by a connection");
        }
        return mine;
    }

    @Override
    public void setInt(int index, int value) {
        parameter = value;
    }

    @Override
    public int executeUpdate() {
        return parameter == 0 ? 0 : 1;
    }

    @Override
    public boolean execute(String sql) {
        return false;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        StubResultSet rows = StubDriver.newResultSet();
        rows.openedBy(this);
        return rows;
    }

    @Override
    public int getUpdateCount() {
        return -1;
    }

    @Override
    public boolean getMoreResults() {
        return false;
    }

    @Override
    public int getMaxRows() {
        return 0;
    }

    @Override
    public int getQueryTimeout() {
        return 0;
    }

    @Override
    public int getFetchSize() {
        return 0;
    }

    @Override
    public int getFetchDirection() {
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public void clearParameters() {
        parameter = 0;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public @Nullable SQLWarning getWarnings() {
        return null;
    }

    @Override
    public void clearWarnings() {}

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }
}
