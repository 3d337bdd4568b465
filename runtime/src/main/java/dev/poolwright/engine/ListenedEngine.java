package dev.poolwright.engine;

import dev.poolwright.event.ConnectionRejectedException;
import dev.poolwright.jdbc.ConnectionListeners;
import dev.poolwright.jdbc.EngineConnection;
import dev.poolwright.jdbc.Lending;
import dev.poolwright.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;

/** An engine whose connections are looked at before they are lent. A class of its own, so that no other pays for the question. */
final class ListenedEngine extends Engine {

    private final ConnectionListeners listeners;

    /** By a method whose type is that of all engines: who makes either kind loads the kind it makes. */
    static Engine make(
            Lending lending,
            PhysicalLifecycle lifecycle,
            Telling telling,
            CheckOuts checkOuts,
            Traces traces,
            Siblings siblings,
            LeakReports leaks,
            ConnectionListeners listeners) {
        return new ListenedEngine(lending, lifecycle, telling, checkOuts, traces, siblings, leaks, listeners);
    }

    private ListenedEngine(
            Lending lending,
            PhysicalLifecycle lifecycle,
            Telling telling,
            CheckOuts checkOuts,
            Traces traces,
            Siblings siblings,
            LeakReports leaks,
            ConnectionListeners listeners) {
        super(lending, lifecycle, telling, checkOuts, traces, siblings, leaks);
        this.listeners = listeners;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Deadline deadline = deadline();
        for (int rejected = 1; ; rejected++) {
            Connection connection = getConnection(deadline);
            try {
                admit(connection);
                return connection;
            } catch (ConnectionRejectedException why) {
                if (rejected == MOST_REJECTIONS) {
                    throw Failures.rejected(info(), rejected, why);
                }
            }
        }
    }

    @Override
    void admit(Connection lent) throws SQLException {
        try {
            listeners.checkedOut(lent);
        } catch (Throwable refused) {
            invalidate(lent, refused);
            throw refused;
        }
    }

    private static void invalidate(Connection lent, Throwable refused) {
        try {
            lent.unwrap(EngineConnection.class).invalidate(refused);
        } catch (SQLException closed) {
            refused.addSuppressed(closed); // by the listener itself
        }
    }

    @Override
    public void softInvalidate() {
        super.softInvalidate();
        listeners.softInvalidated(null);
    }
}
