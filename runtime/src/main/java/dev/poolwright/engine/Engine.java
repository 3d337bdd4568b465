package dev.poolwright.engine;

import dev.poolwright.engine.source.GivenDataSource;
import dev.poolwright.engine.source.GivenDriver;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Holder;
import dev.poolwright.event.LeakSite;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.ConnectionOptions;
import dev.poolwright.jdbc.Lending;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.UnsupportedDriverException;
import dev.poolwright.jdbc.generate.HandleClasses;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.queue.QueuePool;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.io.PrintWriter;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool and a dialect: lends connections to one database as one user.
 *
 * <p>Opens nothing until the first connection is asked for. Safe for any thread. What can go wrong at
 * {@link #getConnection()}:
 *
 * <ul>
 *   <li>the driver's own exception, unchanged, when a connection cannot be opened;
 *   <li>{@code SQLTransientConnectionException}, PW-101, SQLState 08001: none came free within the checkout timeout;
 *   <li>{@code SQLNonTransientConnectionException}, PW-102, SQLState 08003: the engine is closed;
 *   <li>{@code SQLTransientConnectionException}, PW-103, SQLState 08001: the waiting thread was interrupted; it stays so;
 *   <li>{@code SQLNonTransientConnectionException}, PW-104, SQLState 08001: connections of this driver cannot be pooled;
 *   <li>{@code SQLNonTransientConnectionException}, PW-105, SQLState 08001: the engine lends one at a time, and that is lent;
 *   <li>{@code SQLTransientConnectionException}, PW-107, SQLState 08001: a listener has rejected three of them;
 *   <li>{@code SQLNonTransientConnectionException}, PW-108, SQLState 08001: a listener has failed.
 * </ul>
 */
public class Engine implements DataSource, AutoCloseable {

    /** How many connections one check-out may have rejected. */
    static final int MOST_REJECTIONS = 3;

    private static final int MOST_COMPLETERS = 64;

    private static final AtomicLong OPENINGS = new AtomicLong();

    /** How long {@link #close} may wait for the server. */
    private static final long CLOSE_BOUND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Lending lending;
    private final Pool<PhysicalConnection> pool;
    private final PhysicalLifecycle lifecycle;
    private final CheckOuts checkOuts;
    private final Telling telling;
    private final Traces traces;
    private final Siblings siblings;
    private final LeakReports leaks;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean named = new AtomicBoolean(true);
    private final AtomicBoolean told = new AtomicBoolean(); // that it is closed
    private volatile @Nullable Runnable afterClose;
    private volatile @Nullable Executor completers; // from the first on that is needed
    private volatile long lastOpening;
    private volatile @Nullable Holders holders; // made when it is asked for; a race costs one of two first looks
    private volatile @Nullable WeakReference<Class<?>> openedBy;

    Engine(
            Lending lending,
            PhysicalLifecycle lifecycle,
            Telling telling,
            CheckOuts checkOuts,
            Traces traces,
            Siblings siblings,
            LeakReports leaks) {
        this.lending = lending;
        this.pool = lending.pool();
        this.lifecycle = lifecycle;
        this.telling = telling;
        this.checkOuts = checkOuts;
        this.traces = traces;
        this.siblings = siblings;
        this.leaks = leaks;
    }

    /**
     * Begins an engine for a JDBC URL.
     *
     * @param url any URL a registered driver accepts
     */
    public static EngineBuilder builder(String url) {
        return new EngineBuilder(url);
    }

    /**
     * Begins an engine whose connections are opened by {@code driver}, which need not be registered.
     *
     * @param url one that the driver accepts
     * @throws IllegalArgumentException if the driver says that it does not (PW-106)
     */
    public static EngineBuilder builder(Driver driver, String url) {
        return new EngineBuilder(GivenDriver.of(driver, url));
    }

    /**
     * Begins an engine whose connections are opened by a data source that opens one at each call: a driver's own, for one.
     * {@link EngineBuilder#user} and {@code password} are handed to {@link DataSource#getConnection(String, String)}; other
     * properties are the data source's to set. What the engine knows of the database it learns from the data source's URL if
     * there is a getter for it, else from the first connection.
     *
     * @param source a {@link DataSource}. A class that is an XADataSource as well is asked for plain connections
     * @throws IllegalArgumentException if it is an {@code XADataSource} or {@code ConnectionPoolDataSource} only, whose
     *     connections belong to a transaction manager or another pool; or a pool itself, an engine for one (PW-106). A pool in
     *     a wrapper is not recognised
     */
    public static EngineBuilder builder(CommonDataSource source) {
        return new EngineBuilder(GivenDataSource.of(source));
    }

    /** The engine that was built with that {@link EngineBuilder#name}, if it is open; else null. */
    public static @Nullable Engine named(String name) {
        return NamedEngines.get(name);
    }

    /** Which engine this is. */
    public EngineInfo info() {
        return lending.engine();
    }

    /** The engine's counts at this moment. */
    public EngineStats stats() {
        return pool.stats().withResets(lending.sessionResets(), lending.sessionClosings());
    }

    /**
     * Why sessions were reset, or closed where that could not be done, or would have been: {@code setting: SET search_path}
     * and how often that was the first thing that made a session dirty. Never with a literal in it.
     */
    public Map<String, Long> resetCauses() {
        return lending.resetCauses();
    }

    /** Sets who hears of check-outs, transactions and batches; null = nobody, and then nothing is measured. */
    public void listener(@Nullable EngineListener listener) {
        lending.listener(listener);
        siblings.listener(listener);
        telling.engineOpened(new Supplier<EngineStats>() {
            @Override
            public EngineStats get() {
                return stats();
            }
        });
        if (told.get()) {
            telling.engineClosed(); // it was closed meanwhile, which the one before has heard
        }
    }

    /** Check-outs that found the cap reached while their thread had a connection already (PW-301). */
    public long nestedCheckouts() {
        return checkOuts.nested();
    }

    /**
     * How often a thread that had a connection asked for another, by the line that acquired the one and the line that asked
     * for the other, {@code .. | ..}; as far as none was idle then: who finds one idle is not looked at.
     */
    public Map<String, Long> nestedLines() {
        return checkOuts.nestedPairs();
    }

    /**
     * Who has a connection of this engine now, but not of its siblings of other credentials; who has held longest first. For
     * a look now and then: a forgotten connection that is looked at lives through the collection that is under way.
     */
    public List<Holder> holders() {
        Holders known = holders;
        if (known == null) {
            known = new Holders(pool);
            holders = known;
        }
        return known.now();
    }

    /**
     * By line: how many connections it has leaked since the engine was made, how many that it acquired are held now, and for
     * how long the oldest of those. Leaks first, then what has been held longest.
     */
    public List<LeakSite> leaks() {
        return leaks.sites(holders());
    }

    /** How often each line has closed a connection with uncommitted changes (PW-206). */
    public Map<String, Long> uncommittedCloses() {
        return lending.uncommittedCloses();
    }

    /**
     * About how many statements were dropped without being closed while their connection lived on, by the line that opened
     * them; only of connections with half as many open as is told of ({@link EngineBuilder#openStatements}).
     */
    public Map<String, Long> forgottenStatements() {
        return lending.forgottenStatements();
    }

    /** Failures of ours or of a listener that were kept from the application since the engine was made. */
    public long accidents() {
        return lending.accidents();
    }

    @Override
    public Connection getConnection() throws SQLException {
        long start = startOfCheckOut();
        Connection idle = tryGetConnection(start);
        return idle != null ? idle : lend(checkOuts.checkOut(start), start);
    }

    /**
     * As {@link #getConnectionAsync(Executor)}, completed on a thread of the engine's: {@code poolwright-async}, of which there
     * are up to 64 while there is something to complete. What is attached without an executor runs there, or in the thread that
     * attaches it; while it blocks, it keeps that thread from others. Such a thread has no context class loader.
     */
    public CompletableFuture<Connection> getConnectionAsync() {
        return getConnectionAsync(completers());
    }

    /**
     * A connection, once there is one, for callers that must not block: event loops, and the many that would each need a thread to
     * wait with. Opens, and looks at idle ones, on threads of the engine's; waits in one queue with {@link #getConnection}, by
     * the same rules. The connection is the completer's as if it had asked itself: closed by whoever gets it, at its quickest
     * on the thread that completes.
     *
     * <p>Fails with the exceptions of {@link #getConnection}: the driver's own, PW-101 when the checkout timeout is over (even
     * if there was a connection in time, and {@code completesOn} came to it later), PW-102
     * when the engine is closed before; never PW-103. Whoever cancels it, or completes it otherwise, gives up the place in the
     * queue; a connection that comes at that very moment goes back to the engine. Cancelling what was derived from it (by {@code
     * thenApply} and the like) does not.
     *
     * @param completesOn where it is completed, with a connection or a failure, in any case; where that refuses to, it is failed
     *     with what was thrown, on a thread of the engine's. It is called on a thread that {@link #getConnectionAsync()} completes
     *     on. One that forgets what it is given keeps a connection from all others
     */
    public CompletableFuture<Connection> getConnectionAsync(Executor completesOn) {
        return getConnectionAsync(completesOn, ConnectionOptions.NONE);
    }

    final CompletableFuture<Connection> getConnectionAsync(Executor completesOn, ConnectionOptions options) {
        return new AsyncCheckOut(this, checkOuts, checkOuts.originOfLater(), completesOn, options).begin();
    }

    final Executor completers() {
        Executor known = completers;
        if (known == null) {
            known = Housekeeper.shared().crew("poolwright-async", MOST_COMPLETERS); // a race costs nothing
            completers = known;
        }
        return known;
    }

    final Deadline deadline() {
        return checkOuts.deadline();
    }

    /** One that nobody has looked at. */
    final Connection getConnection(Deadline deadline) throws SQLException {
        long start = startOfCheckOut();
        Connection idle = tryGetConnection(start);
        return idle != null ? idle : lend(checkOuts.checkOut(start, deadline), start);
    }

    /**
     * Shows {@code lent} to those who may reject it.
     *
     * @throws SQLException it is closed
     */
    void admit(Connection lent) throws SQLException {}

    /**
     * A connection of the engine's sibling for these credentials: the same settings, a pool of its own. Credentials the
     * database refuses are forgotten at once.
     */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        for (; ; ) {
            Siblings.Sibling sibling = siblings.of(this, user, password);
            if (sibling == null) {
                throw Failures.closed(info(), new EngineClosedException());
            }
            try {
                Connection connection = sibling.engine().getConnection();
                siblings.connected(sibling, this);
                return connection;
            } catch (SQLException | RuntimeException | Error failure) {
                siblings.forgetIfUnused(sibling.engine());
                if (!sibling.engine().isClosed() || !(failure.getCause() instanceof EngineClosedException)) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Does {@code work} in a transaction on a connection of this engine: commits when it returns, rolls back when it throws, and
     * closes the connection in any case.
     *
     * @return what the work returns
     * @throws SQLException PW-101 to PW-108 as {@link #getConnection}, or of the commit; what the work throws is thrown on, and
     *     what fails on the way back is suppressed in it
     * @throws X            of the work
     */
    public <T extends @Nullable Object, X extends Exception> T inTransaction(TransactionWork<T, X> work)
            throws SQLException, X {
        return inTransaction(getConnection(), work);
    }

    final <T extends @Nullable Object, X extends Exception> T inTransaction(
            Connection connection, TransactionWork<T, X> work) throws SQLException, X {
        return Transaction.run(connection, work, lending);
    }

    /** As {@link #inTransaction}, for work that returns nothing. */
    public <X extends Exception> void useTransaction(TransactionAction<X> work) throws SQLException, X {
        this.<Boolean, X>inTransaction(connection -> {
            work.with(connection);
            return Boolean.TRUE; // nobody asks
        });
    }

    /**
     * This engine with its connections read-only while they are lent: the same pool, limits and counts. What that means is the
     * database's to say; most refuse changes. Costs no round trip where a connection is so already.
     */
    public EngineView withReadOnly() {
        return new EngineView(this, ConnectionOptions.NONE.withReadOnly());
    }

    /**
     * This engine with its connections at that isolation level while they are lent: the same pool, limits and counts. Costs no
     * round trip where that is what a new connection has, which the driver is asked once for each.
     *
     * @param level one of the constants of {@link Connection}, or of the vendor's; what the driver does not know it refuses when a
     *     connection is asked for
     */
    public EngineView withIsolation(int level) {
        return new EngineView(this, ConnectionOptions.NONE.withIsolation(level));
    }

    // -- for whoever opens connections itself and has them adopted: the agent

    /** The time by the system's ticker if somebody listens; otherwise 0, and no clock is read. */
    public long startOfCheckOut() {
        return telling.now();
    }

    /** An idle connection, or null: then {@link #acquire} knows more. Never blocks. */
    public @Nullable Connection tryGetConnection(long start) {
        Slot<PhysicalConnection> slot = pool.tryAcquireIdle();
        return slot == null ? null : lend(slot, start);
    }

    /**
     * A place in the pool, with a connection in it or without; {@link #lend}, {@link #adopt} or {@link #abandon} it.
     *
     * @param start as told by {@link #startOfCheckOut}
     * @throws SQLException PW-101, PW-102 or PW-103
     */
    public Slot<PhysicalConnection> acquire(long start) throws SQLException {
        return checkOuts.acquire(start);
    }

    /** Lends the connection in {@code slot}, which the caller holds; one that cannot be lent is closed. */
    public Connection lend(Slot<PhysicalConnection> slot, long start) {
        boolean lent = false;
        try {
            Connection handle = handle(slot, start);
            lent = true;
            return handle;
        } finally {
            if (!lent) {
                pool.discard(slot);
            }
        }
    }

    /** As {@link #lend}, for somebody who asked at {@code origin}. */
    final Connection lendLater(Slot<PhysicalConnection> slot, long start, @Nullable Origin origin) {
        Connection handle = lend(slot, start);
        if (origin != null) {
            slot.lend(handle, origin); // not the line that completes
        }
        return handle;
    }

    private Connection handle(Slot<PhysicalConnection> slot, long start) {
        EngineListener listener = lending.listener();
        long now = listener == null ? 0 : Ticker.SYSTEM.nanos();
        ConnectionHandle handle = ConnectionHandle.lend(lending, slot, now);
        slot.lend(handle, traces.of(slot, lending));
        if (listener != null) {
            telling.checkedOut(listener, start, now);
        }
        return handle;
    }

    /**
     * Takes a connection that was opened for {@code slot} and lends it.
     *
     * @param openNanos how long opening took, for whoever listens
     * @return a handle, or {@code raw} itself, open, where none can be made; the place is then given back
     */
    public Connection adopt(Slot<PhysicalConnection> slot, Connection raw, long start, long openNanos) {
        PhysicalConnection physical;
        try {
            physical = PhysicalConnection.of(raw, HandleClasses.factory());
        } catch (SQLException | UnsupportedDriverException | RuntimeException | Error failure) {
            lending.accident(failure);
            pool.abandon(slot);
            return raw;
        }
        try {
            lending.opened(physical);
            pool.fill(slot, physical);
            lifecycle.adopted();
            lastOpening = OPENINGS.incrementAndGet();
            telling.openedIn(openNanos, null);
            return handle(slot, start);
        } catch (RuntimeException | Error failure) {
            // The application gets what its driver opened: from here on that is not ours to close.
            physical.leaveToApplication();
            pool.discard(slot);
            lending.accident(failure);
            return raw;
        }
    }

    /** Says which driver's class, or data source's, opens its connections; kept only while that lives. */
    public void openedBy(Class<?> source) {
        openedBy = new WeakReference<>(source);
    }

    /** What {@link #openedBy(Class)} said, or null: nothing, or that class is gone. */
    @Nullable
    Class<?> openedBy() {
        WeakReference<Class<?>> known = openedBy;
        return known == null ? null : known.get();
    }

    /** A place for a connection that is open already, whatever the limits are. */
    public Slot<PhysicalConnection> reserve() {
        return pool.reserveBeyondCap();
    }

    /** Gives back a place for which no connection could be opened. */
    public void abandon(Slot<PhysicalConnection> slot) {
        pool.abandon(slot);
    }

    Pool<PhysicalConnection> pool() {
        return pool;
    }

    /** Whether it keeps connections and has a size: others can be neither {@link #resize resized} nor suspended. */
    public boolean isQueue() {
        return pool instanceof QueuePool;
    }

    /** Whether {@link #suspend} counts. */
    public boolean isSuspended() {
        return pool.isSuspended();
    }

    /** Where what it has open is counted, or null. */
    IdleBounds.@Nullable Server server() {
        return lifecycle.server();
    }

    /** A number that grows with each connection that any engine adopts: when this one did last. */
    long lastOpening() {
        return lastOpening;
    }

    /** As {@link #dispose}, waiting for no server. */
    void disposeAside() {
        pool.disposeAside();
    }

    // -- the end

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed.get();
    }

    /**
     * Sets how all idle connections to this engine's server are closed, before a statement runs that they would be in
     * the way of. Otherwise those of this engine are.
     */
    void idleCloser(Runnable closer) {
        lending.idleCloser(closer);
    }

    /**
     * Changes how many connections are kept and opened beyond that, for this engine and not for those of other
     * credentials. Who waits sees the new limits at once; idle connections beyond them are closed, lent ones when they come
     * back.
     *
     * @param size     0 or more
     * @param overflow -1 = no limit
     * @throws UnsupportedOperationException the engine keeps no connection, or has one for all
     */
    public void resize(int size, int overflow) {
        pool.resize(size, overflow);
    }

    /**
     * From now on {@code getConnection} waits until {@link #resume}, the checkout timeout (PW-101) or {@link #close}
     * (PW-102). Lent connections work on and come back as always; who asked before may still be served. To switch servers:
     * suspend, wait until {@link #stats} says that none is leased, {@link #dispose}, switch, resume. A thread that has a
     * connection and asks for another waits as well. Does not hold for those of other credentials.
     *
     * @throws UnsupportedOperationException the engine keeps no connection
     */
    public void suspend() {
        pool.suspend();
    }

    /** Ends what {@link #suspend} began. */
    public void resume() {
        pool.resume();
    }

    /**
     * Closes the idle connections now and the lent ones when they come back, not those of other credentials; the engine
     * stays usable. Does nothing where no connection is kept. Returns within a second, whatever the server does; what it has not answered by then is closed on a thread of ours.
     */
    public void dispose() {
        pool.disposeAside();
        pool.awaitClosed(CLOSE_BOUND_NANOS);
    }

    /**
     * Closes what is idle now; what is lent comes back as always. Returns within a second, whatever the server does.
     *
     * @return how many
     */
    public int dropIdle() {
        int dropped = 0;
        for (int idle = stats().idle(); dropped < idle && pool.dropIdle(0); ) {
            dropped++; // so many at the most: under load there is always another one
        }
        pool.awaitClosed(CLOSE_BOUND_NANOS);
        return dropped;
    }

    /**
     * Has all connections that are open now replaced: idle ones when they would be lent next, lent ones when they come back;
     * until then those work. For what every connection remembers and nobody can tell it: a role that was changed, a plan, an
     * address. Not those of other credentials. To close the idle ones now, {@link #dispose}.
     */
    public void softInvalidate() {
        pool.invalidateAll();
    }

    /**
     * As {@link #dispose}, but touches no idle connection: the engine forgets them, open as they are. For a process that was
     * restored from a checkpoint, whose sockets are those of another life, where a goodbye would go to the wrong one or
     * nowhere. To be called while nobody asks for a connection, after {@link #suspend} for one: what a borrower has found
     * idle at that very moment is closed as by {@code dispose}. Whoever calls it elsewhere leaves sessions open until the
     * server or the garbage collector ends them.
     */
    public void disposeWithoutClosing() {
        pool.disposeWithoutClosing();
    }

    /** The same for all of {@code engines}, in a second for all of them. */
    static void dispose(Collection<Engine> engines) {
        Deadline bound = Deadline.inNanos(CLOSE_BOUND_NANOS, Ticker.SYSTEM);
        for (Engine engine : engines) {
            engine.pool.disposeAside();
        }
        for (Engine engine : engines) {
            engine.pool.awaitClosed(bound.remainingNanos());
        }
    }

    /**
     * Closes the engine for ever: idle connections now, lent ones when they come back; who waits gets PW-102. Returns
     * within a second, whatever the server does; what it has not answered by then is closed on a thread of ours.
     */
    @Override
    public void close() {
        Deadline bound = Deadline.inNanos(CLOSE_BOUND_NANOS, Ticker.SYSTEM);
        if (beginClose()) {
            siblings.close(bound);
            pool.closeAside(bound.remainingNanos());
            endClose();
        }
    }

    /** As {@link #close}, waiting for nothing; the caller waits by closing the pool once more. */
    void closeAside() {
        if (beginClose()) {
            pool.closeAside(0);
            endClose();
        }
    }

    /** As {@link #close}, waiting for the server: for a thread of ours. */
    void closeHere() {
        if (beginClose()) {
            siblings.close(Deadline.inNanos(CLOSE_BOUND_NANOS, Ticker.SYSTEM));
            pool.close();
            endClose();
        }
    }

    /** False for whoever was not the first: the name may be another engine's by now. */
    private boolean beginClose() {
        return closed.compareAndSet(false, true);
    }

    private void endClose() {
        IdleBounds.Server server = lifecycle.server();
        if (server != null) {
            server.remove(this);
        }
        freeName();
        tellClosed();
    }

    /** Ends what is told under its name, once; with no lock held, as listeners expect. */
    void tellClosed() {
        if (told.compareAndSet(false, true)) {
            telling.engineClosed();
        }
    }

    /** Lets another have its name, before it is closed. */
    void freeName() {
        if (named.compareAndSet(true, false)) {
            EngineNames.free(info().name());
            Runnable forget = afterClose;
            if (forget != null) {
                forget.run();
            }
        }
    }

    /** Has {@code forget} done when it is closed. */
    void afterClose(Runnable forget) {
        afterClose = forget;
    }

    // -- the rest of a DataSource

    /** Always null: an engine writes to no such writer. */
    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /** @throws SQLFeatureNotSupportedException an engine writes to no such writer; set a listener */
    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("an engine has no log writer; use EngineBuilder.listener");
    }

    /** @throws SQLFeatureNotSupportedException set it when the engine is built */
    @Override
    public void setLoginTimeout(int seconds) throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException(
                "how long a caller waits is EngineBuilder.checkoutTimeout; how long a connect may take is a driver property");
    }

    /** Seconds a caller waits for a connection, rounded up; 0 = for ever. */
    @Override
    public int getLoginTimeout() {
        long second = 1_000_000_000L;
        return (int) Math.min(Integer.MAX_VALUE, (checkOuts.timeoutNanos() + second - 1) / second);
    }

    /** @throws SQLFeatureNotSupportedException always */
    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("an engine logs through its listeners");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException(this + " is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /** The engine and its counts, for people. */
    @Override
    public String toString() {
        return info() + ": " + stats();
    }
}
