package dev.poolwright.event;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Is shown the connections of an engine as they come and go, and may work on them: sets up each new one, looks at it before it
 * is lent, undoes what only it knows of. For telemetry see {@link EngineListener}, which sees no connection.
 *
 * <p>Of one connection: {@link #connect}, then for each borrow {@link #checkout}, {@link #reset} and {@link #checkin}, then
 * {@link #close} or {@link #detach}. Called on the thread that opens, borrows, gives back or closes, with no lock of ours held;
 * for several connections at once by several threads. Of several listeners each is called in the order in which they were added.
 *
 * <p>A {@code raw} connection is the driver's own, for the duration of the call. A listener that throws out of {@code
 * firstConnect}, {@code connect} or {@code checkout} has the connection closed, and who asked for it gets a
 * {@code SQLNonTransientConnectionException}, PW-108, SQLState 08001, with the cause. One that throws out of {@code reset} has
 * it closed instead of lent again. Whatever else a listener throws changes nothing. What reaches nobody is counted among the
 * engine's accidents and logged (PW-108), the 1st, 10th, 100th ... time.
 */
public interface ConnectionListener {

    /**
     * The first connection of an engine was opened: before its {@link #connect}. If it throws it is called again for the next.
     * Others may be opened meanwhile.
     */
    default void firstConnect(Connection raw) throws SQLException {}

    /**
     * A connection was opened. What is set here is how a new one is: check-in brings it back to that. It may run on a thread of
     * the engine's, where there is a checkout timeout.
     */
    default void connect(Connection raw) throws SQLException {}

    /**
     * A connection is about to be lent. What is done to it here is the borrower's, and undone with what he does.
     *
     * @throws ConnectionRejectedException to have it closed, and the next one tried: three in all, within the checkout timeout;
     *     then the borrower gets a {@code SQLTransientConnectionException}, PW-107, SQLState 08001
     */
    default void checkout(Connection connection) throws SQLException {}

    /**
     * A connection comes back that may be lent again: before its transaction is ended, its properties are brought back and its
     * session is made new. What this leaves in a transaction is ended as the borrower's own. The server has to answer within a
     * second, or the connection is dropped.
     */
    default void reset(Connection raw) throws SQLException {}

    /**
     * A connection came back.
     *
     * @param raw as new; null if it is closed instead of lent again
     */
    default void checkin(@Nullable Connection raw) throws SQLException {}

    /**
     * A connection was found dead, or called invalid, and is not lent again.
     *
     * @param cause what showed it, or null
     */
    default void invalidate(Connection raw, @Nullable Throwable cause) throws SQLException {}

    /**
     * A connection is to be closed when it comes back.
     *
     * @param raw null = all there are now: of those that are idle, each when it would be lent next
     */
    default void softInvalidate(@Nullable Connection raw) throws SQLException {}

    /** A connection is about to be closed, if the driver has not closed it already. */
    default void close(Connection raw) throws SQLException {}

    /** A connection has left its engine, open as it is: whoever took it closes it, and nothing more is told of it. */
    default void detach(Connection raw) throws SQLException {}
}
