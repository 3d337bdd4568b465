package dev.poolwright.jdbc;

import dev.poolwright.dialect.Dialect;
import dev.poolwright.dialect.IdleEffect;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all connections lent by one engine share.
 *
 * <p>Safe for any thread.
 */
public final class Lending {

    private final EngineInfo engine;
    private final Dialect dialect;
    private final Pool<PhysicalConnection> pool;
    private final boolean reuse;
    private final AtomicLong accidents = new AtomicLong();
    private volatile @Nullable Runnable idleCloser;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable ClosedConnection closed;
    private volatile @Nullable EngineListener listener;

    /**
     * @param engine  who lends
     * @param dialect what is known of its database
     * @param pool    where connections come from and go back to
     * @param reuse   whether a closed connection is lent again; false = the driver's own close, each time
     */
    public Lending(EngineInfo engine, Dialect dialect, Pool<PhysicalConnection> pool, boolean reuse) {
        this.engine = engine;
        this.dialect = dialect;
        this.pool = pool;
        this.reuse = reuse;
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

    boolean reuse() {
        return reuse;
    }

    /**
     * A closed connection of this engine, to be asked what closed ones say. The first call closes an idle one for it;
     * null if there is none.
     */
    @Nullable
    ClosedConnection closedConnection() {
        ClosedConnection known = closed;
        if (known != null || !reuse || !closing.compareAndSet(false, true)) {
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
            pool.dispose();
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
            pool.dispose();
        }
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
