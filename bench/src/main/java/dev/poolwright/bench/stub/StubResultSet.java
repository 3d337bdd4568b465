package dev.poolwright.bench.stub;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** {@link #ROWS} rows of numbers; for one thread at a time. */
public abstract class StubResultSet implements ResultSet {

    /** How many rows each query finds. */
    public static final int ROWS = 10;

    private @Nullable Statement statement;
    private int row;
    private boolean closed;

    /** Before the first row. */
    protected StubResultSet() {}

    void openedBy(Statement statement) {
        this.statement = statement;
    }

    @Override
    public boolean next() {
        return ++row <= ROWS;
    }

    @Override
    public int getInt(int column) {
        return row;
    }

    @Override
    public Statement getStatement() throws SQLException {
        Statement mine = statement;
        if (mine == null) {
            throw new SQLException("not opened by a statement");
        }
        return mine;
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
    public int getType() {
        return TYPE_FORWARD_ONLY;
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
