package dev.poolwright.engine;

import dev.poolwright.event.ConnectionRejectedException;
import dev.poolwright.jdbc.ConnectionOptions;
import dev.poolwright.jdbc.EngineConnection;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Pending;
import dev.poolwright.pool.Receiver;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Engine#getConnectionAsync}: turns the slot that the pool finds into a connection on the thread that
 * completes. Any thread.
 */
final class AsyncCheckOut implements Receiver<PhysicalConnection> {

    private final Engine engine;
    private final CheckOuts checkOuts;
    private final @Nullable Origin origin;
    private final Executor completesOn;
    private final ConnectionOptions options;
    private final CompletableFuture<Connection> future = new CompletableFuture<>();
    private final Deadline deadline;
    private final long start;
    private int rejected; // of whoever completes, one at a time
    private volatile boolean completing;
    private volatile @Nullable Pending pending;

    /** @param origin the line that asks, or null */
    AsyncCheckOut(
            Engine engine,
            CheckOuts checkOuts,
            @Nullable Origin origin,
            Executor completesOn,
            ConnectionOptions options) {
        this.engine = engine;
        this.checkOuts = checkOuts;
        this.origin = origin;
        this.completesOn = completesOn;
        this.options = options;
        this.deadline = checkOuts.deadline();
        this.start = engine.startOfCheckOut();
    }

    CompletableFuture<Connection> begin() {
        CompletableFuture<Connection> unused = future.whenComplete((connection, failure) -> {
            if (!completing) {
                cancelPending(); // somebody else has: it is cancelled
            }
        });
        ask();
        return future;
    }

    private void ask() {
        pending = engine.pool().checkOutLater(deadline, this);
        if (future.isDone() && !completing) {
            cancelPending(); // it was, while there was nothing to be cancelled
        }
    }

    private void cancelPending() {
        Pending known = pending;
        if (known != null) {
            known.cancel();
        }
    }

    @Override
    public void receive(Slot<PhysicalConnection> slot) {
        try {
            completesOn.execute(() -> deliver(slot));
        } catch (RuntimeException | Error refused) {
            engine.pool().release(slot);
            fail(refused);
        }
    }

    @Override
    public void refused(Throwable why) {
        if (future.isDone()) {
            return;
        }
        Throwable told = checkOuts.toldLater(why, start);
        try {
            completesOn.execute(() -> fail(told));
        } catch (RuntimeException | Error noThread) {
            told.addSuppressed(noThread);
            fail(told);
        }
    }

    private void fail(Throwable why) {
        completing = true;
        future.completeExceptionally(why);
    }

    private void deliver(Slot<PhysicalConnection> slot) {
        if (future.isDone()) {
            engine.pool().release(slot);
            return;
        }
        Connection connection;
        try {
            connection = admitted(engine.lendLater(slot, start, origin));
        } catch (ConnectionRejectedException why) {
            if (++rejected < Engine.MOST_REJECTIONS) {
                ask();
            } else {
                fail(Failures.rejected(engine.info(), rejected, why));
            }
            return;
        } catch (Throwable failure) {
            fail(failure);
            return;
        }
        completing = true;
        if (!future.complete(connection)) {
            giveBack(connection); // cancelled at this moment
        }
    }

    private Connection admitted(Connection lent) throws SQLException {
        engine.admit(lent);
        boolean set = false;
        try {
            options.applyTo(lent);
            set = true;
            return lent;
        } finally {
            if (!set) {
                giveBack(lent);
            }
        }
    }

    private void giveBack(Connection lent) {
        try {
            lent.close();
        } catch (SQLException | RuntimeException refused) {
            abandon(lent); // a driver that refuses to close: nobody else has it
        }
    }

    private static void abandon(Connection lent) {
        try {
            lent.unwrap(EngineConnection.class).invalidate(null);
        } catch (SQLException closed) {
            // As it was to be.
        }
    }
}
