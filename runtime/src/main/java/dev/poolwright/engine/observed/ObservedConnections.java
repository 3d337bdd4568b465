package dev.poolwright.engine.observed;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The drivers' connections that other pools keep, and what is told of their calls: ends of transactions and batches, as a
 * handle of ours tells them. The connections stay what they are; their classes call here.
 *
 * <p>Any thread. While nobody listens, everything returns at once.
 */
public final class ObservedConnections {

    private final WeakIdentityMap<ObservedConnection> connections = new WeakIdentityMap<>();
    private final Supplier<@Nullable EngineListener> listener;
    private final ApplicationsWord word;

    /** @param listener who hears; asked each time, null = nobody */
    public ObservedConnections(Supplier<@Nullable EngineListener> listener, ApplicationsWord word) {
        this.listener = listener;
        this.word = word;
    }

    /**
     * A pool has opened {@code raw}.
     *
     * @param nanos how long that took
     */
    public void opened(Connection raw, ObservedDatabase database, long nanos) {
        connections.putIfAbsent(raw, new ObservedConnection(database));
        EngineListener hears = listener.get();
        if (hears != null) {
            hears.connectionOpened(database.info(), nanos, null);
        }
    }

    /**
     * A driver's connection, whoever has it, begins to end its transaction.
     *
     * @return handed to {@link #left}; null = nobody is to hear of it
     */
    public @Nullable Object ending(Object raw, TransactionEnd how) {
        return begun(known(raw), how, false);
    }

    /**
     * As {@link #ending}, for a change of the auto-commit mode: to {@code true} it commits, unless that is the mode
     * already. Otherwise nothing ends, whatever the driver calls of its own in there.
     */
    public @Nullable Object settingAutoCommit(Object raw, boolean on) {
        ObservedConnection connection = known(raw);
        return begun(connection, connection != null && on && isOff(raw) ? TransactionEnd.IMPLICIT_COMMIT : null, false);
    }

    private static boolean isOff(Object raw) {
        try {
            return !((Connection) raw).getAutoCommit();
        } catch (SQLException | RuntimeException closed) {
            return false; // what the caller is about to hear of
        }
    }

    /** As {@link #ending}, for a statement that begins to run its batch. */
    public @Nullable Object runningBatch(Object statement) {
        ObservedConnection connection = connectionOf(statement);
        if (connection != null) {
            connection.touch();
        }
        return begun(connection, null, true);
    }

    private static @Nullable Object begun(
            @Nullable ObservedConnection connection, @Nullable TransactionEnd how, boolean isBatch) {
        return connection != null && connection.enter()
                ? new ObservedCall(connection, how, isBatch, Ticker.SYSTEM.nanos())
                : null;
    }

    /**
     * The call is over.
     *
     * @param raw    what it was made on
     * @param result what it returned
     * @param thrown what it threw, or null
     */
    public void left(Object token, Object raw, @Nullable Object result, @Nullable Throwable thrown) {
        long now = Ticker.SYSTEM.nanos();
        ObservedCall call = (ObservedCall) token;
        ObservedConnection connection = call.connection;
        TransactionEnd how = call.how;
        connection.leave();
        if (how != null && how != TransactionEnd.ROLLBACK_TO_SAVEPOINT && thrown == null) {
            connection.ended();
        }
        EngineListener hears = listener.get();
        if (hears == null) {
            return;
        }
        if (call.isBatch) {
            hears.batchExecuted(connection.database().info(), size(result), call.startNanos, now, thrown);
        } else if (how != null && (call.live || thrown != null) && word.isBehind(raw.getClass())) {
            hears.transactionEnded(connection.database().info(), how, call.startNanos, now, thrown);
        }
    }

    /** One count per entry; of a batch that failed it is not known how many there were. */
    private static int size(@Nullable Object counts) {
        if (counts instanceof int[]) {
            return ((int[]) counts).length;
        }
        return counts instanceof long[] ? ((long[]) counts).length : -1;
    }

    /** When this statement runs will not be told. */
    public void runsUnseen(Object statement) {
        ObservedConnection connection = connectionOf(statement);
        if (connection != null) {
            connection.lose();
        }
    }

    /** A statement is about to run. */
    public void runs(Object statement) {
        ObservedConnection connection = connectionOf(statement);
        if (connection != null) {
            connection.touch();
        }
    }

    private @Nullable ObservedConnection known(Object raw) {
        return listener.get() == null ? null : connections.get(raw);
    }

    private @Nullable ObservedConnection connectionOf(Object statement) {
        // Before the driver is asked: most statements of its class may be our own connections'.
        if (listener.get() == null || connections.isEmpty() || !(statement instanceof Statement)) {
            return null;
        }
        try {
            Connection raw = ((Statement) statement).getConnection();
            return raw == null ? null : connections.get(raw);
        } catch (SQLException | RuntimeException | LinkageError closed) {
            return null; // what the application is about to hear of
        }
    }
}
