package dev.poolwright.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a {@code Savepoint} of a driver whose savepoints know their connection: one of a closed handle must not
 * reach whoever has that connection now.
 */
public abstract class SavepointHandle extends ChildHandle implements Savepoint {

    protected SavepointHandle(ConnectionHandle connection) {
        super(connection);
    }

    /**
     * Begins the use of {@code savepoint} at {@code user}. A connection that is still open is kept so meanwhile.
     *
     * @return what to hand to {@link #endUse}
     * @throws SQLException it is of a connection that is closed
     */
    static int beginUse(@Nullable Savepoint savepoint, ConnectionHandle user) throws SQLException {
        ConnectionHandle of = savepoint instanceof SavepointHandle ? ((SavepointHandle) savepoint).connection : null;
        if (of == null || (of == user && !of.isClosedHandle())) {
            return CallGuard.AFTER_CLOSE;
        }
        int call = of.tryBeginCall();
        return call == CallGuard.REFUSED ? of.beginRefusedCall() : call;
    }

    static void endUse(@Nullable Savepoint savepoint, int use) {
        if (savepoint instanceof SavepointHandle) {
            ((SavepointHandle) savepoint).connection.endCall(use);
        }
    }

    private Savepoint raw() {
        return (Savepoint) poolwrightRaw();
    }

    /** From memory, as long as there is this object. */
    @Override
    public final int getSavepointId() throws SQLException {
        return raw().getSavepointId();
    }

    /** From memory, as long as there is this object. */
    @Override
    public final String getSavepointName() throws SQLException {
        return raw().getSavepointName();
    }

    @Override
    final void closeRaw() {}
}
