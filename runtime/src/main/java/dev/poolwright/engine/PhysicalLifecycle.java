package dev.poolwright.engine;

import dev.poolwright.dialect.CloseInTransaction;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.engine.source.Connector;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.jdbc.ConnectionListeners;
import dev.poolwright.jdbc.Lending;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.TakenAwayListener;
import dev.poolwright.jdbc.UnsupportedDriverException;
import dev.poolwright.jdbc.generate.HandleClasses;
import dev.poolwright.pool.Lifecycle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the pool asks of the driver: open, alive, close. */
final class PhysicalLifecycle implements Lifecycle<PhysicalConnection> {

    /** How long a ping may take, in seconds; a connection that needs longer is replaced. */
    private static final int PING_SECONDS = 5;

    /** How long close() may wait for the server; then the connection is aborted, and close() returns. */
    private static final long RETURN_BOUND_NANOS = 1_000_000_000L;

    private static final Executor AT_ONCE = new Executor() {
        @Override
        public void execute(Runnable command) {
            command.run();
        }
    };

    private final Connector connector;
    private final Dialect dialect;
    private final IdleBounds.@Nullable Server server;
    private final long reclaimAfterNanos;
    private final long reportAfterNanos;
    private final TakenAwayListener takenAway;
    private volatile @Nullable Lending lending;
    private volatile @Nullable Telling telling;

    /**
     * @param server            where what is open is counted, or null
     * @param reclaimAfterNanos how long a holder may make no call; 0 = for ever
     * @param reportAfterNanos  how long one may be held without anybody hearing of it; 0 = for ever
     * @param takenAway         is told of both
     */
    PhysicalLifecycle(
            Connector connector,
            Dialect dialect,
            IdleBounds.@Nullable Server server,
            long reclaimAfterNanos,
            long reportAfterNanos,
            TakenAwayListener takenAway) {
        this.connector = connector;
        this.dialect = dialect;
        this.server = server;
        this.reclaimAfterNanos = reclaimAfterNanos;
        this.reportAfterNanos = reportAfterNanos;
        this.takenAway = takenAway;
    }

    IdleBounds.@Nullable Server server() {
        return server;
    }

    /** For whom it opens, and who is told of it. */
    void opensFor(Lending newLending, Telling newTelling) {
        lending = newLending;
        telling = newTelling;
    }

    /** One more is open, and the pool's to close. */
    void adopted() {
        if (server != null) {
            server.opened();
        }
    }

    @Override
    public PhysicalConnection open() throws SQLException, UnsupportedDriverException {
        Telling told = telling;
        long began = told == null ? 0 : told.now();
        Throwable failed = null;
        try {
            PhysicalConnection opened = connected();
            Lending lends = lending;
            if (lends != null) {
                lends.opened(opened);
            }
            adopted();
            return opened;
        } catch (SQLException | UnsupportedDriverException | RuntimeException | Error failure) {
            failed = failure;
            throw failure;
        } finally {
            if (told != null) {
                told.opened(began, failed);
            }
        }
    }

    @Override
    public Callable<PhysicalConnection> opening() {
        final CallerContext caller = new CallerContext();
        final Callable<PhysicalConnection> open = Lifecycle.super.opening();
        return new Callable<PhysicalConnection>() {
            @Override
            public PhysicalConnection call() throws Exception {
                return caller.call(open);
            }
        };
    }

    private PhysicalConnection connected() throws SQLException, UnsupportedDriverException {
        Connection raw = connect();
        ConnectionListeners shown = listeners();
        try {
            if (shown != null) {
                shown.connected(raw); // before anything is read that is to be as it is when new
            }
            return PhysicalConnection.of(raw, HandleClasses.factory());
        } catch (Throwable failure) {
            if (shown != null) {
                shown.closing(raw); // some have been told of it
            }
            closeAfter(raw, failure);
            throw failure;
        }
    }

    /** Once more where the server has no room and an idle connection to it could be given up. */
    private Connection connect() throws SQLException {
        try {
            return connector.connect();
        } catch (SQLException refused) {
            if (server == null || !dialect.isTooManyConnections(refused) || !server.giveUp()) {
                throw refused;
            }
            try {
                return connector.connect();
            } catch (SQLException refusedAgain) {
                throw refused;
            }
        }
    }

    private static void closeAfter(Connection raw, Throwable failure) {
        try {
            raw.close();
        } catch (SQLException | RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    private @Nullable ConnectionListeners listeners() {
        Lending lends = lending;
        return lends == null ? null : lends.connectionListeners();
    }

    @Override
    public boolean isAlive(PhysicalConnection connection) {
        Throwable cause = null;
        try {
            if (dialect.isAlive(connection.raw(), PING_SECONDS)) {
                return true;
            }
        } catch (SQLException | RuntimeException | LinkageError dead) {
            cause = dead; // a LinkageError: a driver older than isValid; what it opened is replaced, never asked
        }
        ConnectionListeners shown = listeners();
        if (shown != null) {
            shown.invalidated(connection.raw(), cause);
        }
        return false;
    }

    /**
     * Ends a close() that waits for a server which does not answer: the application's thread must not hang there. Takes
     * the connection away from a holder who has not called for too long. And looks whether what the driver's objects in
     * the application's hands keep alive is still needed.
     */
    @Override
    public void observeLent(PhysicalConnection connection, long nowNanos) {
        try {
            connection.observeHandedOut();
            if (reportAfterNanos > 0) {
                connection.tellIfHeldTooLong(nowNanos, reportAfterNanos, takenAway);
            }
            if (connection.tookOverdueReturn(nowNanos, RETURN_BOUND_NANOS)) {
                abortAside(connection.raw());
            } else if (reclaimAfterNanos > 0) {
                Runnable rest = connection.takeAwayIfUnused(nowNanos, reclaimAfterNanos, takenAway);
                if (rest != null) {
                    Housekeeper.shared().aside().execute(rest);
                }
            }
        } catch (SQLException | RuntimeException | LinkageError notToBeHelped) {
            // Nothing is known of it then.
        }
    }

    /** MariaDB's driver aborts over a second connection, and may wait for that one. */
    private static void abortAside(final Connection raw) {
        Housekeeper.shared().aside().execute(new Runnable() {
            @Override
            public void run() {
                try {
                    raw.abort(AT_ONCE);
                } catch (SQLException | RuntimeException | LinkageError notToBeHelped) {
                    // The driver cannot abort; its thread waits for the server, as it would without us.
                }
            }
        });
    }

    /** Never commits: where the driver's close would, or would refuse, what is open is rolled back first. */
    @Override
    public void close(PhysicalConnection connection) {
        try {
            if (!connection.isLeftToApplication()) {
                ConnectionListeners shown = listeners();
                if (shown != null) {
                    shown.closing(connection.raw());
                }
                close(connection.raw());
            }
        } finally {
            if (server != null) {
                server.closed();
            }
        }
    }

    @Override
    public void letGo(PhysicalConnection connection) {
        if (server != null) {
            server.closed();
        }
    }

    private void close(Connection raw) {
        try {
            if (raw.isClosed()) {
                return;
            }
            if (dialect.closeInTransaction() != CloseInTransaction.ROLLBACK && !raw.getAutoCommit()) {
                raw.rollback();
            }
            raw.close();
        } catch (SQLException | RuntimeException | LinkageError alreadyDead) {
            // It is being thrown away, most often because it failed; there is nobody to tell and nothing to do. A
            // LinkageError: the application whose driver it was is undeployed.
        }
    }
}
