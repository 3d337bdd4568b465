package dev.poolwright.jdbc;

import dev.poolwright.config.Reset;
import dev.poolwright.dialect.CloseInTransaction;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import dev.poolwright.sql.IdleEffect;
import dev.poolwright.sql.Verdicts;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all connections lent by one engine share.
 *
 * <p>Safe for any thread.
 */
public final class Lending {

    /** How long a statement may be held up by the goodbyes of idle connections. */
    private static final long DISPOSE_BOUND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EngineInfo engine;
    private final Dialect dialect;
    private final Pool<PhysicalConnection> pool;
    private final boolean reuse;
    private final boolean leavesUntouched;
    private final @Nullable ConnectionListeners connectionListeners;
    private final @Nullable SessionResets resets;
    private final AtomicLong accidents = new AtomicLong();
    /** Of the dialect, from the first text on: it is made when it is needed. Threads that race find the same. */
    private @Nullable Verdicts verdicts;

    private StatementLines statementLines = StatementLines.NONE;
    private UncommittedLines uncommittedLines = UncommittedLines.NONE;
    private volatile @Nullable Runnable idleCloser;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable ClosedConnection closed;
    /** Null; and the class is loaded: of a method whose types are not, the JIT makes a call, three times a borrow. */
    private volatile @Nullable EngineListener listener = EngineListener.class.cast(null);

    /**
     * @param engine  who lends
     * @param dialect what is known of its database
     * @param pool    where connections come from and go back to
     * @param reset   when connections that come back have their session reset; null = they are never lent again, and each
     *     close is the driver's own
     */
    public Lending(EngineInfo engine, Dialect dialect, Pool<PhysicalConnection> pool, @Nullable Reset reset) {
        this(engine, dialect, pool, reset, reset != null, null);
    }

    /**
     * The same with some who are shown its connections.
     *
     * @param listeners or null; if there are any, no connection is lent again just as it came back
     */
    public Lending(
            EngineInfo engine,
            Dialect dialect,
            Pool<PhysicalConnection> pool,
            @Nullable Reset reset,
            @Nullable ConnectionListeners listeners) {
        this(engine, dialect, pool, reset, reset != null, listeners);
    }

    private Lending(
            EngineInfo engine,
            Dialect dialect,
            Pool<PhysicalConnection> pool,
            @Nullable Reset reset,
            boolean reuse,
            @Nullable ConnectionListeners listeners) {
        this.engine = engine;
        this.dialect = dialect;
        this.pool = pool;
        this.reuse = reuse;
        this.connectionListeners = listeners;
        this.leavesUntouched = reuse && reset != Reset.ALWAYS && listeners == null;
        this.resets = reset == null ? null : new SessionResets(reset, dialect);
    }

    /** Connections that are never lent again; which sessions would have had to be reset if they were is counted. */
    public static Lending observing(EngineInfo engine, Dialect dialect, Pool<PhysicalConnection> pool) {
        return new Lending(engine, dialect, pool, Reset.NEVER, false, null);
    }

    public EngineInfo engine() {
        return engine;
    }

    public Dialect dialect() {
        return dialect;
    }

    public Pool<PhysicalConnection> pool() {
        return pool;
    }

    Verdicts verdicts() {
        Verdicts known = verdicts;
        if (known == null) {
            known = dialect.verdicts();
            verdicts = known;
        }
        return known;
    }

    /** Whether rows that are closed commit, in auto-commit mode: then nobody closes them in the application's place. */
    boolean isCloseOfRowsACommit() {
        return dialect.closeInTransaction() == CloseInTransaction.REJECT; // Derby and DB2 are both
    }

    boolean reuse() {
        return reuse;
    }

    /** Whether a connection of which nothing is known that would have to be undone is lent again just as it came back. */
    boolean leavesUntouched() {
        return leavesUntouched;
    }

    /** Whether every connection that comes back is cleaned, whatever was done with it. */
    boolean isAlwaysCleaned() {
        return reuse && !leavesUntouched;
    }

    /** Who is shown its connections, or null. Where there are some, {@link #isAlwaysCleaned} is true if they are lent again. */
    public @Nullable ConnectionListeners connectionListeners() {
        return connectionListeners;
    }

    /** Sets who finds the lines that leave statements open; before anything is lent. */
    public void statementLines(StatementLines lines) {
        statementLines = lines;
    }

    /** Sets who finds the lines that close with uncommitted changes; before anything is lent. */
    public void uncommittedLines(UncommittedLines lines) {
        uncommittedLines = lines;
    }

    UncommittedLines uncommittedLines() {
        return uncommittedLines;
    }

    /** As {@link UncommittedLines#counts}. */
    public Map<String, Long> uncommittedCloses() {
        return uncommittedLines.counts();
    }

    /** As {@link StatementLines#forgotten}. */
    public Map<String, Long> forgottenStatements() {
        return statementLines.forgotten();
    }

    StatementLines statementLines() {
        return statementLines;
    }

    /** When and how sessions are reset, or that it is only counted; null where nobody wants to know. */
    @Nullable
    SessionResets resets() {
        return resets;
    }

    /** {@code physical} was opened just now: what has to be known of a new one is read. */
    public void opened(PhysicalConnection physical) {
        if (resets != null && reuse) {
            resets.opened(physical);
        }
    }

    /** Sessions that were reset since the engine was made. */
    public long sessionResets() {
        return resets == null ? 0 : resets.resets();
    }

    /** Why sessions were reset, closed or left as they were, and how often. */
    public Map<String, Long> resetCauses() {
        return resets == null
                ? Collections.<String, Long>emptyMap()
                : resets.causes().snapshot();
    }

    /** Connections that were closed since the engine was made, because what SQL text did to them could not be undone. */
    public long sessionClosings() {
        return resets == null ? 0 : resets.closings();
    }

    /**
     * A closed connection of this engine, to be asked what closed ones say. The first call closes an idle one for it;
     * null if there is none.
     */
    @Nullable
    ClosedConnection closedConnection() {
        ClosedConnection known = closed;
        if (known != null
                || !reuse
                || pool.longestIdleSince() == Pool.NONE_IDLE
                || !closing.compareAndSet(false, true)) {
            return known;
        }
        try {
            Slot<PhysicalConnection> idle = pool.tryAcquireIdle();
            if (idle != null) {
                try {
                    closed = ClosedConnection.of(idle);
                } finally {
                    pool.discard(idle);
                }
            }
            return closed;
        } finally {
            closing.set(false);
        }
    }

    /** Sets how all idle connections to this engine's server are closed; null = those of this engine. */
    public void idleCloser(@Nullable Runnable closer) {
        idleCloser = closer;
    }

    /** SQL of this effect is about to be run: what would be in its way is closed. */
    void beforeRunning(IdleEffect effect) {
        if (effect != IdleEffect.IN_THE_WAY) {
            return;
        }
        Runnable closer = idleCloser;
        if (closer == null) {
            disposeOfIdle();
            return;
        }
        try {
            closer.run();
        } catch (RuntimeException accident) {
            accident(accident);
        }
    }

    /** It was run: what it made stale is replaced, or what has become idle while others ran beside it. */
    void afterRunning(IdleEffect effect) {
        if (effect != IdleEffect.NONE) {
            disposeOfIdle();
        }
    }

    /** Waits for the server, but not for ever. */
    private void disposeOfIdle() {
        pool.disposeAside();
        pool.awaitClosed(DISPOSE_BOUND_NANOS);
    }

    /** Who hears of transactions, batches, check-outs; null = nobody, then nothing is measured either. */
    public @Nullable EngineListener listener() {
        return listener;
    }

    /** Sets who hears; null = nobody. */
    public void listener(@Nullable EngineListener listener) {
        this.listener = listener;
    }

    /** A failure of ours, or of a listener, that the application must not see. */
    public void accident(Throwable failure) {
        accidents.incrementAndGet();
        lastAccident = failure;
    }

    /** How many failures were kept from the application since the engine was made; tests assert zero. */
    public long accidents() {
        return accidents.get();
    }

    /** The latest of them, or null. */
    public @Nullable Throwable lastAccident() {
        return lastAccident;
    }

    private volatile @Nullable Throwable lastAccident;
}
