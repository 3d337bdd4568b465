package dev.poolwright.engine;

import dev.poolwright.config.Mode;
import dev.poolwright.config.PoolKind;
import dev.poolwright.config.PoolOrder;
import dev.poolwright.config.Reset;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.dialect.Pooling;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Leak;
import dev.poolwright.event.NestedCheckout;
import dev.poolwright.event.UncommittedClose;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** How long the goodbyes to servers may hold up who undeploys an application. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConcurrentHashMap<EngineKey, Engine> engines = new ConcurrentHashMap<>();
    private final Object growLock = new Object();
    private final List<Engine> closing = new ArrayList<>(0); // guarded by itself
    private final PoolSettings pool;
    private final Duration checkoutTimeout;
    private final int traceEvery;
    private final Duration reportAfter;
    private final Duration reclaimAfter;
    private final int openStatements;
    private final Reset reset;
    private final IdleBounds bounds;
    private final boolean observing;
    private final boolean strict;
    private final String kind;
    private final String order;
    private final Consumer<Leak> leaks;
    private final Consumer<? super NestedCheckout> nestings;
    private final Consumer<? super UncommittedClose> uncommitted;
    private int sweepAt = FIRST_SWEEP;
    private volatile @Nullable EngineListener listener;

    /**
     * @param settings of the agent
     * @param leaks    is told what was reclaimed, on the housekeeper thread
     * @param nestings is told of threads that asked for a second connection at a cap, on that thread
     * @param uncommitted is told of some closes with uncommitted changes, on the closing thread
     */
    public Engines(
            Settings settings,
            Consumer<Leak> leaks,
            Consumer<? super NestedCheckout> nestings,
            Consumer<? super UncommittedClose> uncommitted) {
        this.pool = PoolSettings.DEFAULT
                .withSize(settings.get(Setting.POOL_SIZE))
                .withOverflow(settings.get(Setting.POOL_OVERFLOW))
                .withRecycle(millis(settings, Setting.POOL_RECYCLE))
                .withPingAfter(millis(settings, Setting.POOL_PING_AFTER))
                .withIdleTimeout(millis(settings, Setting.POOL_IDLE_TIMEOUT))
                .withLinger(millis(settings, Setting.POOL_LINGER));
        this.checkoutTimeout = millis(settings, Setting.POOL_CHECKOUT_TIMEOUT);
        this.traceEvery = settings.get(Setting.LEAK_TRACE) ? settings.get(Setting.LEAK_TRACE_EVERY) : 0;
        this.reportAfter = millis(settings, Setting.LEAK_REPORT_AFTER);
        this.reclaimAfter = millis(settings, Setting.LEAK_RECLAIM_AFTER);
        this.openStatements = settings.get(Setting.LEAK_OPEN_STATEMENTS);
        this.reset = settings.get(Setting.RESET);
        this.bounds = new IdleBounds(
                settings.get(Setting.POOL_MAX_IDLE_PER_SERVER),
                settings.get(Setting.POOL_MAX_IDLE),
                Housekeeper.shared());
        this.observing = settings.get(Setting.MODE) == Mode.OBSERVE;
        this.strict = settings.get(Setting.POOL_STRICT);
        this.kind = settings.get(Setting.POOL_KIND);
        this.order = settings.get(Setting.POOL_ORDER);
        this.leaks = leaks;
        this.nestings = nestings;
        this.uncommitted = uncommitted;
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

    /** A line for each engine some of whose sessions SQL text has changed: how often, and why. */
    public List<String> resetLines() {
        List<String> lines = new ArrayList<>();
        for (Engine engine : engines.values()) {
            Map<String, Long> causes = engine.resetCauses();
            if (!causes.isEmpty()) {
                lines.add("sessions of " + engine.info().name() + ": " + resetText(engine.stats(), causes)
                        + ", because of " + causes);
            }
        }
        return lines;
    }

    private String resetText(EngineStats stats, Map<String, Long> causes) {
        if (!observing && reset != Reset.NEVER) {
            return stats.resets() + " reset, " + stats.resetClosings() + " closed instead";
        }
        long all = 0;
        for (long each : causes.values()) {
            all += each;
        }
        return all + " would have been reset";
    }

    /** The engine for {@code key}, or null if none has been needed yet. */
    public @Nullable Engine find(EngineKey key) {
        return engines.get(key);
    }

    /**
     * The engine for {@code key}, made if there is none: for whoever has just opened its first connection. That proves
     * its password, so what engines with another one for the same user have idle is closed, and what they have lent
     * when it comes back.
     *
     * @param url     what the connection is opened with
     * @param user    the database user if the call named one
     * @param pooling whether its connections are kept
     * @param ofCall  whether the credentials were named in the call, so that there may be any number of such engines
     */
    public Engine findOrMake(EngineKey key, String url, @Nullable String user, Pooling pooling, boolean ofCall) {
        Engine known = engines.get(key);
        if (known != null) {
            return known;
        }
        List<Engine> unused = Collections.emptyList();
        EngineListener told = listener;
        boolean made = false;
        synchronized (growLock) {
            known = engines.get(key);
            if (known == null) {
                unused = takeUnused();
                known = make(url, user, pooling, ofCall, told);
                engines.put(key.kept(), known);
                made = true;
            }
        }
        // Not under the lock, all of it: it may wait for a server, or run the application's code.
        for (Engine engine : unused) {
            close(engine);
        }
        if (made) {
            EngineListener now = listener;
            if (now != told) {
                known.listener(now); // set in between: the engine was not there to be told
            }
            disposeOfElders(key, known);
            makeRoom(known);
        }
        return known;
    }

    private void disposeOfElders(EngineKey key, Engine youngest) {
        for (Map.Entry<EngineKey, Engine> each : engines.entrySet()) {
            if (each.getValue() != youngest && each.getKey().differsInSecretsOnly(key)) {
                each.getValue().disposeAside();
            }
        }
    }

    private Engine make(
            String url, @Nullable String user, Pooling pooling, boolean ofCall, @Nullable EngineListener told) {
        IdleBounds.Server server =
                bounds.server(Dialects.forUrl(url).address(url).server());
        EngineBuilder builder = new EngineBuilder(url)
                .user(user)
                .poolSettings(pool)
                .checkoutTimeout(checkoutTimeout)
                .traceLeaksEvery(traceEvery)
                .reportAfter(reportAfter)
                .reclaimAfter(reclaimAfter)
                .openStatements(openStatements)
                .reset(reset)
                .strict(strict)
                .leaks(leaks)
                .nestings(nestings)
                .uncommitted(uncommitted)
                .connector(new NoConnector())
                .server(server)
                .listener(told);
        if (ofCall) {
            builder.ofOneCall();
        }
        if (observing) {
            builder.observing();
        } else if (!kind.equals(Setting.POOL_KIND.agentDefault())) {
            builder.kind(PoolKind.valueOf(kind.toUpperCase(Locale.ROOT)));
        } else if (pooling == Pooling.NULL) {
            builder.withoutPool();
        }
        if (!order.equals(Setting.POOL_ORDER.agentDefault())) {
            builder.order(PoolOrder.valueOf(order.toUpperCase(Locale.ROOT)));
        }
        final Engine made = builder.build();
        bounds.add(made, server);
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
        List<Engine> there = new ArrayList<>();
        for (Engine each : engines.values()) {
            if (each.server() == engine.server()) {
                there.add(each);
            }
        }
        Engine.dispose(there);
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
     * reached: those first that were not used for the longest time, whichever engine they are of.
     */
    public void makeRoom(Engine engine) {
        IdleBounds.Server server = engine.server();
        if (server != null) {
            server.makeRoom();
        }
    }

    /**
     * Closes one idle connection to the server that {@code url} names, because that has refused one more.
     *
     * @return whether there was one; it is closed, or its server has not answered its goodbye for a second
     */
    public boolean giveUpIdle(String url) {
        return bounds.giveUp(Dialects.forUrl(url).address(url).server());
    }

    /**
     * A driver is gone: what it opened is not lent again; nor, where its loader is not the JVM's own, what any class of
     * that loader opened: then an application is being undeployed.
     */
    public void driverGone(Class<?> driver) {
        List<Engine> gone = new ArrayList<>(0);
        for (Map.Entry<EngineKey, Engine> each : engines.entrySet()) {
            Engine engine = each.getValue();
            if (isOf(driver, engine.openedBy()) && engines.remove(each.getKey(), engine)) {
                gone.add(engine);
            }
        }
        closeAside(gone);
    }

    /** Waits for their servers for a second at the most. */
    private void closeAside(List<Engine> gone) {
        final CountDownLatch left = new CountDownLatch(gone.size());
        for (final Engine engine : gone) {
            Housekeeper.shared().aside().execute(new Runnable() {
                @Override
                public void run() {
                    try {
                        close(engine);
                    } finally {
                        left.countDown();
                    }
                }
            });
        }
        try {
            left.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
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
        synchronized (closing) {
            closing.add(engine); // before it is closed: a report in between must not miss what it has lent
        }
        engine.closeHere();
        synchronized (closing) {
            for (Iterator<Engine> each = closing.iterator(); each.hasNext(); ) {
                if (each.next().stats().leased() == 0) {
                    each.remove();
                }
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
        Engine.dispose(engines.values());
    }
}
