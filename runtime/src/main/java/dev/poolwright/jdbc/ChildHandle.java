package dev.poolwright.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

/**
 * A handle for something that lives within a connection: refused once that connection's handle is closed.
 *
 * <p>Keeps its connection's handle reachable: whoever uses a statement uses its connection.
 */
public abstract class ChildHandle implements Handle {

    final ConnectionHandle connection;

    ChildHandle(ConnectionHandle connection) {
        this.connection = connection;
    }

    /** As {@link CallGuard#beginCall}, of the connection. */
    public final int beginCall() throws SQLException {
        int call = connection.tryBeginCall();
        return call == CallGuard.REFUSED ? beginClosedCall() : call;
    }

    /** As {@link CallGuard#beginWork}, of the connection. */
    public final int beginWork() throws SQLException {
        int call = beginCall();
        connection.touch(call);
        return call;
    }

    /** As {@link CallGuard#beginCallUnchecked}, of the connection. */
    public final int beginCallUnchecked() {
        try {
            return beginWork();
        } catch (SQLException closed) {
            throw new IllegalStateException(closed);
        }
    }

    /** As {@link CallGuard#beginClosedCall}, for a driver's object of this kind. */
    int beginClosedCall() throws SQLException {
        return connection.beginClosedCall();
    }

    /** Whether the connection's handle is closed, and the driver's connection is not, or not known to be. */
    final boolean isRefused() {
        return connection.isClosedHandle() && !connection.isGone();
    }

    /** What guards calls through this handle. */
    public final ConnectionHandle poolwrightGuard() {
        return connection;
    }

    /** A handle of the same generated class for another object; {@code statement} only for result sets. */
    public abstract ChildHandle poolwrightNew(
            ConnectionHandle connection, @Nullable StatementHandle statement, Object raw);

    /** Closes the driver's object because its connection is being closed; the guard is not asked. */
    abstract void closeRaw() throws SQLException;

    /** {@link Wrapper#unwrap}: this handle whenever it is one, otherwise the raw object, and the lease is escaped. */
    final <T> T unwrapTo(@Nullable Class<T> type) throws SQLException {
        if (type != null && type.isInstance(this)) {
            return type.cast(this);
        }
        int call = beginCall();
        try {
            T raw = ((Wrapper) poolwrightRaw()).unwrap(type);
            connection.handOut(raw);
            return raw;
        } finally {
            connection.endCall(call);
        }
    }

    final boolean wraps(@Nullable Class<?> type) throws SQLException {
        return (type != null && type.isInstance(this)) || ((Wrapper) poolwrightRaw()).isWrapperFor(type);
    }

    /** What the driver's object says of itself: programs log their prepared statements so. */
    @Override
    public String toString() {
        return poolwrightRaw().toString();
    }
}
