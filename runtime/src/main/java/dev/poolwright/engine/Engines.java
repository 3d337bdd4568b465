package dev.poolwright.engine;

import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.dialect.Pooling;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Leak;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engines an agent keeps for applications that know nothing of them: one per {@link EngineKey}, made when its first
 * connection is opened and dropped once it has none and room is wanted.
 *
 * <p>Safe for any thread.
 */
public final class Engines {

    /** Engines without a connection are looked for when there are this many, and again each time that doubles. */
    private static final int FIRST_SWEEP = 64;

    private final ConcurrentHashMap<EngineKey, Engine> engines = new ConcurrentHashMap<>();
    private final Object growLock = new Object();
    private final List<Engine> closing = new ArrayList<>(0); // guarded by itself
    private final PoolSettings pool;
    private final Duration checkoutTimeout;
    private final boolean traceLeaks;
    private final int maxIdle;
    private final int maxIdlePerServer;
    private final Consumer<Leak> leaks;
    private int sweepAt = FIRST_SWEEP;
    private volatile @Nullable EngineListener listener;

    /**
     * @param settings of the agent
     * @param leaks    is told what was reclaimed, on the housekeeper thread
     */
    public Engines(Settings settings, Consumer<Leak> leaks) {
        this.pool = PoolSettings.DEFAULT
                .withSize(settings.get(Setting.POOL_SIZE))
                .withOverflow(settings.get(Setting.POOL_OVERFLOW))
                .withRecycle(millis(settings, Setting.POOL_RECYCLE))
                .withPingAfter(millis(settings, Setting.POOL_PING_AFTER))
                .withIdleTimeout(millis(settings, Setting.POOL_IDLE_TIMEOUT))
                .withLinger(millis(settings, Setting.POOL_LINGER));
        this.checkoutTimeout = millis(settings, Setting.POOL_CHECKOUT_TIMEOUT);
        this.traceLeaks = settings.get(Setting.LEAK_TRACE);
        this.maxIdle = settings.get(Setting.POOL_MAX_IDLE);
        this.maxIdlePerServer = settings.get(Setting.POOL_MAX_IDLE_PER_SERVER);
        this.leaks = leaks;
    }

    private static Duration millis(Settings settings, Setting<Long> setting) {
        return Duration.ofMillis(settings.get(setting));
    }

    /** Who hears what happens in all engines, present and future. */
    public void listener(@Nullable EngineListener newListener) {
        listener = newListener;
        for (Engine engine : engines.values()) {
            engine.listener(newListener);
        }
    }

    /** The engine for {@code key}, or null if none has been needed yet. */
    public @Nullable Engine find(EngineKey key) {
        return engines.get(key);
    }

    /**
     * The engine for {@code key}, made if there is none.
     *
     * @param url  what the connection is opened with
     * @param user the database user if the call named one
     * @return null where connections of such a URL are none of our business
     */
    public @Nullable Engine findOrMake(EngineKey key, String url, @Nullable String user) {
        Engine known = engines.get(key);
        if (known != null) {
            return known;
        }
        Dialect dialect = Dialects.forUrl(url);
        Pooling pooling = dialect.pooling(url);
        if (pooling == Pooling.PASS_THROUGH) {
            return null;
        }
        List<Engine> unused = Collections.emptyList();
        synchronized (growLock) {
            known = engines.get(key);
            if (known == null) {
                unused = takeUnused();
                known = make(url, user, pooling);
                engines.put(key.kept(), known);
            }
        }
        for (Engine engine : unused) {
            close(engine); // not under the lock: a connection may have come back that waits for its server
        }
        return known;
    }

    private Engine make(String url, @Nullable String user, Pooling pooling) {
        EngineBuilder builder = new EngineBuilder(url)
                .user(user)
                .poolSettings(pool)
                .checkoutTimeout(checkoutTimeout)
                .traceLeaks(traceLeaks)
                .leaks(leaks)
                .connector(new NoConnector())
                .listener(listener);
        final Engine made = (pooling == Pooling.NULL ? builder.withoutPool() : builder).build();
        made.idleCloser(new Runnable() {
            @Override
            public void run() {
                closeIdleTo(made);
            }
        });
        return made;
    }

    /** Closes all idle connections to the server of {@code engine}; lent ones when they come back. */
    private void closeIdleTo(Engine engine) {
        String server = server(engine);
        for (Engine each : engines.values()) {
            if (server.equals(server(each))) {
                each.dispose();
            }
        }
    }

    /** Takes out the engines that have no connection, when there are many: one application may use thousands of keys. */
    private List<Engine> takeUnused() {
        List<Engine> unused = new ArrayList<>(0);
        if (engines.size() < sweepAt) {
            return unused;
        }
        for (Map.Entry<EngineKey, Engine> each : engines.entrySet()) {
            Engine engine = each.getValue();
            if (isUnused(engine.stats()) && engines.remove(each.getKey(), engine)) {
                unused.add(engine);
            }
        }
        sweepAt = Math.max(FIRST_SWEEP, 2 * engines.size());
        return unused;
    }

    private static boolean isUnused(EngineStats stats) {
        return stats.leased() + stats.idle() + stats.waiting() == 0;
    }

    /** The engine was found closed: the next call for its key makes another. */
    public void forget(EngineKey key, Engine closed) {
        engines.remove(key, closed);
    }

    /**
     * Gives up idle connections before {@code engine} opens one more, where the limits per server and in all are
     * reached.
     */
    public void makeRoom(Engine engine) {
        String server = server(engine);
        int idle = 0;
        int idleOfServer = 0;
        for (Engine each : engines.values()) {
            int its = each.stats().idle();
            idle += its;
            idleOfServer += server.equals(server(each)) ? its : 0;
        }
        if (maxIdlePerServer >= 0 && idleOfServer >= maxIdlePerServer) {
            giveUpIdle(engine);
        } else if (maxIdle >= 0 && idle >= maxIdle) {
            giveUpIdle(null);
        }
    }

    /**
     * Closes one idle connection, preferably of another engine.
     *
     * @param sameServer only to the server of this engine; null = to any
     * @return whether there was one
     */
    public boolean giveUpIdle(@Nullable Engine sameServer) {
        String server = sameServer == null ? null : server(sameServer);
        for (Engine each : engines.values()) {
            if (each != sameServer
                    && (server == null || server.equals(server(each)))
                    && each.pool().dropIdle(0)) {
                return true;
            }
        }
        return sameServer != null && sameServer.pool().dropIdle(0);
    }

    private static String server(Engine engine) {
        EngineInfo info = engine.info();
        return info.host() == null ? info.url() : info.host() + ":" + info.port();
    }

    /**
     * A driver is gone: what it opened is not lent again; nor, where its loader is not the JVM's own, what any class of
     * that loader opened: then an application is being undeployed.
     */
    public void driverGone(Class<?> driver) {
        for (Map.Entry<EngineKey, Engine> each : engines.entrySet()) {
            Engine engine = each.getValue();
            if (isOf(driver, engine.openedBy()) && engines.remove(each.getKey(), engine)) {
                close(engine);
            }
        }
    }

    private static boolean isOf(Class<?> driver, @Nullable Class<?> openedBy) {
        if (openedBy == null || openedBy == driver) {
            return true;
        }
        ClassLoader loader = driver.getClassLoader();
        return loader == openedBy.getClassLoader() && !isOfJvm(loader);
    }

    /** Whether it lives as long as the JVM. */
    private static boolean isOfJvm(@Nullable ClassLoader loader) {
        for (ClassLoader each = ClassLoader.getSystemClassLoader(); each != null; each = each.getParent()) {
            if (each == loader) {
                return true;
            }
        }
        return loader == null;
    }

    /** Closes one that is in the map no more; what it still has lent is not forgotten before it is back. */
    private void close(Engine engine) {
        engine.close();
        synchronized (closing) {
            for (Iterator<Engine> each = closing.iterator(); each.hasNext(); ) {
                if (each.next().stats().leased() == 0) {
                    each.remove();
                }
            }
            if (engine.stats().leased() > 0) {
                closing.add(engine);
            }
        }
    }

    /** All engines there are now. */
    public List<Engine> all() {
        return new ArrayList<>(engines.values());
    }

    /** What is lent now, as leaks that are only reported: for the end of the JVM. */
    public List<Leak> held() {
        final long now = Ticker.SYSTEM.nanos();
        final List<Leak> held = new ArrayList<>();
        List<Engine> lenders = all();
        synchronized (closing) {
            lenders.addAll(closing);
        }
        for (final Engine engine : lenders) {
            engine.pool().forEachLeased(new Consumer<Slot<PhysicalConnection>>() {
                @Override
                public void accept(Slot<PhysicalConnection> slot) {
                    if (slot.isLent()) {
                        held.add(LeakReports.leak(
                                engine.info(), Leak.Action.HELD_AT_EXIT, slot.origin(), slot.heldNanos(now)));
                    }
                }
            });
        }
        return held;
    }

    /** Closes all idle connections; lent ones are left to their borrowers. */
    public void closeIdle() {
        for (Engine engine : engines.values()) {
            engine.dispose();
        }
    }
}
