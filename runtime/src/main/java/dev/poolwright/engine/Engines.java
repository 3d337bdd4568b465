package dev.poolwright.engine;

import dev.poolwright.config.Mode;
import dev.poolwright.config.PoolKind;
import dev.poolwright.config.PoolOrder;
import dev.poolwright.config.Reset;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.dialect.DatabaseAddress;
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
    private final IdleBounds bounds;
    private final Consumer<Leak> leaks;
    private final Consumer<? super NestedCheckout> nestings;
    private final Consumer<? super UncommittedClose> uncommitted;
    private int sweepAt = FIRST_SWEEP;
    private volatile @Nullable EngineListener listener;
    private volatile Settings settings; // written under growLock
    private volatile @Nullable Runnable onChange;

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
        this.settings = settings;
        this.bounds = new IdleBounds(
                settings.get(Setting.POOL_MAX_IDLE_PER_SERVER),
                settings.get(Setting.POOL_MAX_IDLE),
                Housekeeper.shared());
        this.leaks = leaks;
        this.nestings = nestings;
        this.uncommitted = uncommitted;
    }

    private static PoolSettings pool(Settings settings) {
        return PoolSettings.DEFAULT
                .withSize(settings.get(Setting.POOL_SIZE))
                .withOverflow(settings.get(Setting.POOL_OVERFLOW))
                .withRecycle(millis(settings, Setting.POOL_RECYCLE))
                .withPingAfter(millis(settings, Setting.POOL_PING_AFTER))
                .withIdleTimeout(millis(settings, Setting.POOL_IDLE_TIMEOUT))
                .withLinger(millis(settings, Setting.POOL_LINGER));
    }

    private static Duration millis(Settings settings, Setting<Long> setting) {
        return Duration.ofMillis(settings.get(setting));
    }

    /** What is set for all engines, now. */
    public Settings settings() {
        return settings;
    }

    /**
     * What is set from now on. Sizes change in the engines there are; an engine that anything else concerns is closed, and
     * another is made in its place by whoever asks for a connection next. What it has lent works on until it is given back.
     * With {@link Mode#OFF} all are closed and none is made. Waits a second at the most for servers.
     *
     * @return the names of those that are closed
     */
    public List<String> settings(Settings newSettings) {
        List<Engine> gone = new ArrayList<>(0);
        synchronized (growLock) {
            Settings old = settings;
            settings = newSettings;
            bounds.limits(newSettings.get(Setting.POOL_MAX_IDLE_PER_SERVER), newSettings.get(Setting.POOL_MAX_IDLE));
            for (Map.Entry<EngineKey, Engine> each : engines.entrySet()) {
                Engine engine = each.getValue();
                String url = engine.info().url();
                Settings now = newSettings.ofEngine(url);
                if (!renews(old, newSettings, url)) {
                    if (differ(old.ofEngine(url), now, true) && engine.isQueue()) {
                        engine.resize(now.get(Setting.POOL_SIZE), now.get(Setting.POOL_OVERFLOW));
                    }
                } else if (engines.remove(each.getKey(), engine)) {
                    engine.freeName(); // for the one that takes its place
                    gone.add(engine);
                }
            }
        }
        List<String> names = new ArrayList<>(gone.size());
        for (Engine engine : gone) {
            engine.tellClosed(); // before its server has answered: its name may be another's by now
            names.add(engine.info().name());
        }
        closeAside(gone);
        return names;
    }

    /** Whether {@link #settings(Settings)} would close an engine. */
    public boolean wouldRenew(Settings newSettings) {
        for (Engine engine : engines.values()) {
            if (renews(settings, newSettings, engine.info().url())) {
                return true;
            }
        }
        return false;
    }

    private static boolean renews(Settings old, Settings now, String url) {
        return old.get(Setting.MODE) != now.get(Setting.MODE) || differ(old.ofEngine(url), now.ofEngine(url), false);
    }

    /** Whether they differ in what concerns one engine: its size, or all else. */
    private static boolean differ(Settings one, Settings other, boolean inSize) {
        for (Setting<?> setting : Setting.all()) {
            if (setting.isOfEngine()
                    && setting.isOfSize() == inSize
                    && !one.get(setting).equals(other.get(setting))) {
                return true;
            }
        }
        return false;
    }

    /** Has {@code change} run after an engine was made or closed, on the thread that did it; null = nobody cares. */
    public void onChange(@Nullable Runnable change) {
        onChange = change;
    }

    private void changed() {
        Runnable hears = onChange;
        if (hears != null) {
            hears.run();
        }
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
        Settings now = settings;
        if (now.get(Setting.MODE) != Mode.OBSERVE && now.get(Setting.RESET) != Reset.NEVER) {
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
     * @return null where none is to be, because the mode is {@code off} by now
     */
    public @Nullable Engine findOrMake(
            EngineKey key, String url, @Nullable String user, Pooling pooling, boolean ofCall) {
        Engine known = engines.get(key);
        if (known != null) {
            return known;
        }
        List<Engine> unused = Collections.emptyList();
        boolean made = false;
        synchronized (growLock) {
            known = engines.get(key);
            if (known == null && settings.get(Setting.MODE) == Mode.OFF) {
                return null;
            }
            if (known == null) {
                unused = takeUnused();
                known = make(url, user, pooling, ofCall);
                engines.put(key.kept(), known);
                made = true;
            }
        }
        // Not under the lock, all of it: it may wait for a server, or run the application's code.
        for (Engine engine : unused) {
            close(engine);
        }
        if (made) {
            tellOpened(known);
            disposeOfElders(key, known);
            makeRoom(known);
            changed();
        }
        return known;
    }

    private void tellOpened(Engine made) {
        EngineListener told;
        do {
            told = listener;
            made.listener(told);
        } while (told != listener); // another was set meanwhile, and may have been told to the engine before this one
    }

    private void disposeOfElders(EngineKey key, Engine youngest) {
        for (Map.Entry<EngineKey, Engine> each : engines.entrySet()) {
            if (each.getValue() != youngest && each.getKey().differsInSecretsOnly(key)) {
                each.getValue().disposeAside();
            }
        }
    }

    /** Tells nobody yet: a listener may be the application's code, and this is under the lock. */
    private Engine make(String url, @Nullable String user, Pooling pooling, boolean ofCall) {
        DatabaseAddress address = Dialects.forUrl(url).address(url);
        IdleBounds.Server server = bounds.server(address.server());
        Settings its = settings.ofEngine(address.url());
        EngineBuilder builder = new EngineBuilder(url)
                .user(user)
                .poolSettings(pool(its))
                .checkoutTimeout(millis(its, Setting.POOL_CHECKOUT_TIMEOUT))
                .traceLeaksEvery(its.get(Setting.LEAK_TRACE) ? its.get(Setting.LEAK_TRACE_EVERY) : 0)
                .reportAfter(millis(its, Setting.LEAK_REPORT_AFTER))
                .reclaimAfter(millis(its, Setting.LEAK_RECLAIM_AFTER))
                .openStatements(its.get(Setting.LEAK_OPEN_STATEMENTS))
                .reset(its.get(Setting.RESET))
                .strict(its.get(Setting.POOL_STRICT))
                .leaks(leaks)
                .nestings(nestings)
                .uncommitted(uncommitted)
                .connector(new NoConnector())
                .server(server);
        if (ofCall) {
            builder.ofOneCall();
        }
        String kind = its.get(Setting.POOL_KIND);
        String order = its.get(Setting.POOL_ORDER);
        if (its.get(Setting.MODE) == Mode.OBSERVE) {
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
            if (isUnused(engine.stats()) && !engine.isSuspended() && engines.remove(each.getKey(), engine)) {
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
        changed();
        closedLenders();
    }

    /** Engines that were closed, or made anew, and still have something lent. */
    public List<Engine> closedLenders() {
        synchronized (closing) {
            for (Iterator<Engine> each = closing.iterator(); each.hasNext(); ) {
                Engine engine = each.next();
                if (engine.isClosed() && engine.stats().leased() == 0) {
                    each.remove();
                }
            }
            return new ArrayList<>(closing);
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
