package dev.poolwright.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.Collections;
import java.util.List;
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

    /** As {@link CallGuard#beginCall}, of the connection; {@code method} is what is called. */
    public final int beginCall(String method) throws SQLException {
        int call = connection.tryBeginCall();
        return call == CallGuard.REFUSED ? beginClosedCall(method) : call;
    }

    /** As {@link CallGuard#beginWork}, of the connection. */
    public final int beginWork(String method) throws SQLException {
        int call = beginCall(method);
        connection.touch(call);
        return call;
    }

    /** As {@link CallGuard#beginCallUnchecked}, of the connection. */
    public final int beginCallUnchecked(String method) {
        try {
            return beginWork(method);
        } catch (SQLException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private int beginClosedCall(String method) throws SQLException {
        connection.refuseIfTakenAway();
        return answersAfterClose(method) ? CallGuard.AFTER_CLOSE : beginRefusedCall();
    }

    /** Whether the driver's object may be asked {@code method} after the close of the connection: it reaches nobody. */
    boolean answersAfterClose(String method) {
        return (isLeftOpen() && outlivingAnswers(method))
                || connection.lending().dialect().answersOffline(poolwrightRaw(), method);
    }

    /** Whether this was left open at the close of the connection. */
    final boolean isLeftOpen() {
        return connection.isLeftOpen(this);
    }

    final boolean outlivingAnswers(String method) {
        return connection.lending().dialect().outlivingAnswers(poolwrightRaw(), method);
    }

    /**
     * A call came after the close of the connection: {@link CallGuard#AFTER_CLOSE} if the driver's connection is closed
     * as well.
     *
     * @throws SQLException it is not; the driver's own words for an object of this kind
     */
    int beginRefusedCall() throws SQLException {
        return connection.beginRefusedCall();
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

    /** The rows that close with this, as far as they were handed out. */
    List<ResultSetHandle> openRows() {
        return Collections.emptyList();
    }

    /** Whether the driver's object is closed, as far as it says so; it is asked inside a call. */
    boolean isRawClosed() {
        return false;
    }

    /** Closes the driver's object because its connection is being closed; the guard is not asked. */
    abstract void closeRaw() throws SQLException;

    /**
     * {@link Wrapper#unwrap}: this handle whenever it is one, otherwise the raw object, and the lease is escaped. The
     * driver is asked first in any case: some refuse it of what is closed.
     */
    final <T> T unwrapTo(@Nullable Class<T> type) throws SQLException {
        int call = connection.tryBeginCall();
        try {
            T raw = ((Wrapper) poolwrightRaw()).unwrap(type);
            if (type != null && type.isInstance(this)) {
                return type.cast(this);
            }
            if (call == CallGuard.REFUSED && !connection.isGone()) {
                throw connection.closedException();
            }
            connection.handOut(raw);
            return raw;
        } finally {
            connection.endCall(call);
        }
    }

    final boolean wraps(@Nullable Class<?> type) throws SQLException {
        boolean ofDriver = ((Wrapper) poolwrightRaw()).isWrapperFor(type);
        return ofDriver || (type != null && type.isInstance(this));
    }

    /** What the driver's object says of itself: programs log their prepared statements so. */
    @Override
    public String toString() {
        return poolwrightRaw().toString();
    }
}
