package dev.poolwright.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands for a {@code ResultSet}. Its statement does not point back to it. */
public abstract class ResultSetHandle extends ChildHandle implements ResultSet {

    /** The handle it was got from; null for one of a driver's own statements, until asked for. */
    private @Nullable StatementHandle statement;

    protected ResultSetHandle(ConnectionHandle connection, @Nullable StatementHandle statement) {
        super(connection);
        this.statement = statement;
    }

    private ResultSet raw() {
        return (ResultSet) poolwrightRaw();
    }

    @Override
    public final @Nullable Statement getStatement() throws SQLException {
        int call = beginCall("getStatement");
        try {
            // Asked every time: a closed result set must fail here as the driver's does.
            Statement raw = raw().getStatement();
            StatementHandle known = statement;
            if (raw == null || (known != null && known.poolwrightRaw() == raw)) {
                return raw == null ? null : known;
            }
            Statement handle = connection.newStatement(raw, call);
            if (handle instanceof StatementHandle) {
                statement = (StatementHandle) handle;
                connection.gaveValue(); // that statement does not refer to this
                if (isLeftOpen()) {
                    connection.leaveOpen(statement);
                }
            }
            return handle;
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    @Override
    public final @Nullable ResultSetMetaData getMetaData() throws SQLException {
        int call = beginCall("getMetaData");
        try {
            ResultSetMetaData raw = raw().getMetaData();
            Object handle = raw == null ? null : connection.newDescription(raw);
            if (handle instanceof DescriptionHandle) {
                ((DescriptionHandle) handle).describes(this);
            }
            return (ResultSetMetaData) handle;
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    @Override
    final List<ResultSetHandle> openRows() {
        return Collections.singletonList(this);
    }

    @Override
    int beginRefusedCall() throws SQLException {
        // The close of the connection has closed the statement, and so this.
        if (!connection.isGone() && raw().isClosed()) {
            raw().getRow();
        }
        return connection.beginRefusedCall();
    }

    @Override
    public final boolean isClosed() throws SQLException {
        return (isRefused() && !isLeftOpen()) || raw().isClosed();
    }

    @Override
    public final void close() throws SQLException {
        int call = connection.tryBeginCall();
        if (call == CallGuard.REFUSED && !connection.isGone()) {
            closeLate();
            return;
        }
        try {
            raw().close();
            if (statement == null) {
                connection.childClosed(this, call);
            }
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    @Override
    final void closeRaw() throws SQLException {
        raw().close();
    }

    @Override
    final boolean isRawClosed() {
        try {
            return raw().isClosed();
        } catch (SQLException | RuntimeException | LinkageError untold) {
            return false; // a LinkageError: a driver older than the method
        }
    }

    /** Closes what was left open. */
    final void closeLate() throws SQLException {
        if (answersAfterClose("close")) {
            raw().close();
        }
        connection.closedLate(this);
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        return unwrapTo(type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return wraps(type);
    }
}
