package dev.poolwright.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a connection of an engine can do beyond JDBC; got by {@code connection.unwrap(EngineConnection.class)}.
 *
 * <p>As thread-safe as the driver's own connection.
 */
public final class EngineConnection {

    private final ConnectionHandle handle;

    EngineConnection(ConnectionHandle handle) {
        this.handle = handle;
    }

    /**
     * Takes the connection out of its engine for ever: its place is free at once, and it counts as closed there. The
     * connection asked is closed by this; transaction and session are as they were.
     *
     * @return the driver's own object, which the caller closes
     * @throws SQLException it was closed before; the driver's own words for it
     */
    public Connection detach() throws SQLException {
        return CheckIn.detach(handle);
    }

    /**
     * Has the connection closed now, rolled back, and its place given back: for one that is not to be trusted any more. This one is
     * closed by it, as by {@code close()}; says nothing of the others of its engine. Nothing where it was closed before.
     *
     * @param why for the listeners, or null
     */
    public void invalidate(@Nullable Throwable why) {
        CheckIn.invalidate(handle, why);
    }

    /** Has the connection closed, not lent again, when it comes back; until then it works. */
    public void softInvalidate() {
        handle.markEscaped();
        ConnectionListeners listeners = handle.lending().connectionListeners();
        if (listeners != null) {
            listeners.softInvalidated(handle.physical().raw());
        }
    }
}
