package dev.poolwright.gate.observe;

import dev.poolwright.engine.observed.ApplicationsWord;
import dev.poolwright.engine.observed.HandOuts;
import dev.poolwright.engine.observed.ObservedConnections;
import dev.poolwright.engine.observed.ObservedDatabase;
import dev.poolwright.engine.observed.ObservedDatabases;
import dev.poolwright.engine.observed.PoolSource;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.event.TransactionEnd;
import java.sql.Connection;
import java.sql.PoolwrightHook;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of other pools in this JVM. Everybody keeps the objects they have: the drivers' connections, and what the
 * pools make of them, are watched by what their classes tell. Any thread.
 */
public final class Observation {

    private final ClassWeaver weaver;
    private final Supplier<@Nullable EngineListener> listener;
    private final ObservedDatabases databases;
    private final ObservedConnections connections;
    private final HandOuts handOuts;

    /**
     * @param traceLeaks whether to record the line that takes a connection
     * @param listener   who hears; asked each time, null = nobody
     * @param leaks      gets what was never closed
     */
    public Observation(
            ClassWeaver weaver,
            ApplicationsWord word,
            boolean traceLeaks,
            Supplier<@Nullable EngineListener> listener,
            Consumer<Leak> leaks) {
        this.weaver = weaver;
        this.listener = listener;
        this.databases = new ObservedDatabases(listener);
        this.connections = new ObservedConnections(listener, word);
        this.handOuts = new HandOuts(databases, traceLeaks, listener, leaks);
    }

    /** What is told of the drivers' connections. */
    public ObservedConnections connections() {
        return connections;
    }

    /** What the pools have handed out. */
    public HandOuts handOuts() {
        return handOuts;
    }

    /**
     * A driver has opened a connection for a pool.
     *
     * @param nanos how long that took
     * @return where it leads to
     */
    public ObservedDatabase opened(Connection raw, String url, @Nullable String user, long nanos) {
        ObservedDatabase database = databases.of(url, user);
        // Nobody hears of what it does: then its class need not be changed.
        if (listener.get() != null && weaver.tells(raw.getClass(), ClassWeaver.TRANSACTIONS)) {
            connections.opened(raw, database, nanos);
        }
        return database;
    }

    /**
     * A pool hands out a connection.
     *
     * @param pool       its data source or driver
     * @param opened     where a connection leads to that it has opened to do so, or null
     * @param user       named in the call, or null
     * @param askedNanos when it was asked, as told by {@link HandOuts#start}
     */
    public void handedOut(
            Object pool,
            Connection connection,
            @Nullable ObservedDatabase opened,
            @Nullable String user,
            long askedNanos) {
        PoolSource source = handOuts.source(pool);
        if (source == null) {
            source = handOuts.sourceBegins(pool);
            PoolUrl read = opened == null ? PoolUrl.of(pool, user) : null;
            if (read != null) {
                source.leadsTo(databases.of(read.url(), read.user()));
            }
        }
        if (opened != null) {
            source.leadsTo(opened);
        }
        // Whose close() would not be told must not be watched: each would be a leak.
        if (weaver.tells(connection.getClass(), ClassWeaver.CLOSING)) {
            handOuts.handedOut(connection, source, askedNanos);
        }
    }

    /** A driver's connection begins to end its transaction, or a statement to run its batch; see the hook. */
    public @Nullable Object entered(int call, Object self, boolean on) {
        switch (call) {
            case PoolwrightHook.CALL_COMMIT:
                return connections.ending(self, TransactionEnd.COMMIT);
            case PoolwrightHook.CALL_ROLLBACK:
                return connections.ending(self, TransactionEnd.ROLLBACK);
            case PoolwrightHook.CALL_ROLLBACK_TO_SAVEPOINT:
                return connections.ending(self, TransactionEnd.ROLLBACK_TO_SAVEPOINT);
            case PoolwrightHook.CALL_SET_AUTO_COMMIT:
                return connections.settingAutoCommit(self, on);
            case PoolwrightHook.CALL_BATCH:
                return connections.runningBatch(self);
            default:
                throw new IllegalArgumentException("no such call: " + call);
        }
    }

    /** A driver's connection has made a statement. */
    public void statementMade(Object statement) {
        if (listener.get() != null && !weaver.tells(statement.getClass(), ClassWeaver.RUNNING)) {
            connections.runsUnseen(statement);
        }
    }
}
