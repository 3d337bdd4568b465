package dev.poolwright.gate;

import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.dialect.Pooling;
import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineKey;
import dev.poolwright.engine.Engines;
import dev.poolwright.gate.observe.ClassWeaver;
import dev.poolwright.gate.observe.Observation;
import dev.poolwright.gate.source.Configuration;
import dev.poolwright.gate.source.DataSources;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PoolwrightHook;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Between the hook and the engines: decides which of the application's calls are served, opens by letting the original
 * code run, and adopts what it opened. Any thread may call.
 *
 * <p>Everything that goes wrong in here is counted and the application gets what it would have got without us; after
 * {@value Accidents#TOO_MANY} accidents within an hour the gate takes itself out.
 */
public final class Gate extends PoolwrightHook {

    /** From Java 9 on it loads modules of the JDK, such as the one of row sets. */
    private static final @Nullable ClassLoader PLATFORM_LOADER =
            ClassLoader.getSystemClassLoader().getParent();

    private final Settings settings;
    private final Engines engines;
    private final Telemetry telemetry;
    private final Sessions sessions;
    private final GateLog log;
    private final Entries entries = new Entries();
    private final KnownPools pools = new KnownPools();
    private final OtherPools otherPools;
    private final DataSources dataSources = new DataSources();
    private final Accidents accidents = new Accidents();
    private final AtomicBoolean started = new AtomicBoolean();

    private Gate(Settings settings, GateLog log, ClassWeaver weaver) {
        this.settings = settings;
        LeakLines leaks = new LeakLines(log);
        this.engines = new Engines(settings, leaks);
        this.telemetry = new Telemetry(settings, engines, log);
        this.sessions = new Sessions(settings, telemetry, leaks, log);
        this.log = log;
        this.otherPools = new OtherPools(settings, telemetry, leaks, pools, weaver, new Runnable() {
            @Override
            public void run() {
                start();
            }
        });
    }

    /**
     * Puts a gate behind all woven code.
     *
     * @param weaver for the classes of connections that other pools hand out, which are known when they are met
     */
    public static void open(Settings settings, GateLog log, ClassWeaver weaver) {
        for (String problem : settings.problems()) {
            log.warn(problem);
        }
        install(new PrivilegedGate(new Gate(settings, log, weaver)));
    }

    /** A class that hands out connections is being loaded. */
    public static void sawHandOut(String className) {
        KnownPools.sawHandOut(className);
    }

    // -- DriverManager

    @Override
    protected @Nullable Object driverManagerEntered(
            @Nullable String url, @Nullable Properties info, @Nullable Class<?> caller) {
        Entry entry = Entry.TRANSPARENT;
        try {
            // Around it may be a wrapper driver, or a driver that asks DriverManager: the driver asked will be told
            // apart.
            if (entries.around() == null) {
                if (caller != null && pools.isPool(caller)) {
                    entry = KnownPools.isOurs(caller) ? Entry.UNSEEN : Entry.RAW;
                } else if (url != null && isServed(url)) {
                    EngineKey key = EngineKey.ofDriverManager(url, info, effectiveLoader(caller));
                    Object served = key == null
                            ? entry
                            : Subjects.decide(url, info) ? Entry.RAW : serve(key, url, user(info), entries.isEmpty());
                    if (!(served instanceof Entry)) {
                        return served;
                    }
                    entry = (Entry) served;
                }
            }
        } catch (RuntimeException | Error accident) {
            entries.push(Entry.TRANSPARENT);
            throw accident;
        }
        entries.push(entry);
        return null;
    }

    private static boolean isServed(String url) {
        return Dialects.forUrl(url).pooling(url) != Pooling.PASS_THROUGH;
    }

    private static @Nullable String user(@Nullable Properties info) {
        return info == null ? null : info.getProperty("user");
    }

    /**
     * The loader whose drivers {@code DriverManager} uses: the caller's, or the thread's where the caller is the JDK
     * itself, or none: native code.
     */
    private static @Nullable ClassLoader effectiveLoader(@Nullable Class<?> caller) {
        ClassLoader loader = caller == null ? null : caller.getClassLoader();
        return loader == null || loader == PLATFORM_LOADER
                ? Thread.currentThread().getContextClassLoader()
                : loader;
    }

    @Override
    protected @Nullable Object connecting(Driver driver, String url, Properties info) {
        Entry entry = entries.top();
        if (entry == null || entry.key() == null) {
            return null;
        }
        entry.openedByDriver(driver);
        return connectBegins(entry);
    }

    @Override
    protected Connection connected(@Nullable Object token, Connection raw) {
        return token == null ? raw : adopt((Entry) token, raw);
    }

    @Override
    protected boolean retryConnect(@Nullable Object token, Throwable failure) {
        if (!(token instanceof Entry) || !(failure instanceof SQLException)) {
            return false;
        }
        Entry entry = (Entry) token;
        Engine engine = entry.engine();
        String url = entry.url();
        String of = engine != null ? engine.info().url() : url;
        return of != null && Dialects.forUrl(of).isTooManyConnections((SQLException) failure) && engines.giveUpIdle(of);
    }

    @Override
    protected void driverManagerLeft() {
        left();
    }

    @Override
    protected void driverGone(Driver driver) {
        engines.driverGone(driver.getClass());
    }

    // -- drivers, by whomever they are called

    @Override
    protected @Nullable Object driverEntered(
            Driver self, String declaring, @Nullable String url, @Nullable Properties info) {
        Entry entry = Entry.TRANSPARENT;
        try {
            Entry around = entries.around();
            if (around != null && around.isRaw()) {
                entry = otherPools.takes(around, url, user(info));
            } else if (around == null || (around.adopts() && around.givesWayTo(self, declaring))) {
                if (pools.isPool(self.getClass())) {
                    entry = around == null ? otherPools.handsOut(self, null) : Entry.RAW;
                } else if (url != null && !isServed(url)) {
                    if (around == null && KnownPools.areLoaded() && pools.isOnStackOften()) {
                        entry = otherPools.takes(Entry.RAW, url, user(info));
                    }
                } else if (url != null) {
                    EngineKey key = EngineKey.ofDriver(url, info, self.getClass(), declaring);
                    Object served = key == null
                            ? entry
                            : Subjects.decide(url, info) ? Entry.RAW : serve(key, url, user(info), false);
                    if (around != null) {
                        around.giveWay();
                    }
                    if (!(served instanceof Entry)) {
                        return served;
                    }
                    entry = served == Entry.RAW ? otherPools.takes(Entry.RAW, url, user(info)) : (Entry) served;
                    if (entry.adopts()) {
                        entry.openedByDriver(self, declaring);
                        connectBegins(entry);
                    }
                }
            }
        } catch (RuntimeException | Error accident) {
            entries.push(Entry.TRANSPARENT);
            throw accident;
        }
        entries.push(entry);
        return null;
    }

    @Override
    protected Connection driverConnected(Driver self, Connection raw) {
        return connectedInside(self, raw);
    }

    @Override
    protected void driverLeft(Driver self) {
        left();
    }

    // -- data sources

    @Override
    protected @Nullable Object dataSourceEntered(
            DataSource self,
            String declaring,
            @Nullable String user,
            @Nullable String password,
            boolean withCredentials) {
        Entry entry = Entry.TRANSPARENT;
        try {
            Entry around = entries.around();
            if (around != null && around.isRaw()) {
                Configuration asked = around == Entry.UNSEEN
                        ? null
                        : dataSources.read(self, declaring, user, password, withCredentials);
                if (asked != null) {
                    entry = otherPools.takes(around, asked.url(), asked.user());
                }
            } else if (around == null || (around.adopts() && around.givesWayTo(self, declaring))) {
                if (pools.isPool(self.getClass()) || dataSources.isRaw(self)) {
                    entry = around == null ? otherPools.handsOut(self, user) : Entry.RAW;
                } else {
                    Configuration asked = dataSources.read(self, declaring, user, password, withCredentials);
                    if (asked != null && isServed(asked.url())) {
                        Object served = serve(asked.key(), asked.url(), asked.user(), false);
                        if (around != null) {
                            around.giveWay();
                        }
                        if (!(served instanceof Entry)) {
                            return served;
                        }
                        entry = served == Entry.RAW
                                ? otherPools.takes(Entry.RAW, asked.url(), asked.user())
                                : (Entry) served;
                        if (entry.adopts()) {
                            entry.ofCall(withCredentials);
                            entry.openedByDataSource(self);
                            connectBegins(entry);
                        }
                    }
                }
            }
        } catch (RuntimeException | Error accident) {
            entries.push(Entry.TRANSPARENT);
            throw accident;
        }
        entries.push(entry);
        return null;
    }

    @Override
    protected Connection dataSourceConnected(DataSource self, Connection raw) {
        return connectedInside(self, raw);
    }

    @Override
    protected void dataSourceLeft(DataSource self) {
        left();
    }

    @Override
    protected void rawEntered() {
        entries.push(Entry.RAW);
    }

    @Override
    protected void rawLeft() {
        left();
    }

    // -- serving

    /**
     * A verdict, or the {@link Entry} with which to go on.
     *
     * @param calledDirectly whether the caller's class is known to be no pool's, so that a hit need not look further
     */
    private Object serve(EngineKey key, String url, @Nullable String user, boolean calledDirectly) {
        boolean looked = !calledDirectly && KnownPools.areLoaded();
        if (looked && pools.isOnStackOften()) {
            return Entry.RAW;
        }
        Engine engine = engines.find(key);
        if (engine == null) {
            return !looked && pools.isOnStack() ? Entry.RAW : Entry.first(key, url, user);
        }
        long start = engine.startOfCheckOut();
        Connection idle = engine.tryGetConnection(start);
        if (idle != null) {
            return idle;
        }
        if (!looked && pools.isOnStack()) {
            return Entry.RAW;
        }
        Slot<PhysicalConnection> slot;
        try {
            slot = engine.acquire(start);
        } catch (SQLException refused) {
            if (engine.isClosed()) {
                // It was dropped because it had no connection, or its driver is gone: as if it had never been.
                engines.forget(key, engine);
                return Entry.first(key, url, user);
            }
            return refused;
        }
        if (slot.resource() != null) {
            return engine.lend(slot, start);
        }
        return reserved(key, engine, slot, start);
    }

    private Entry reserved(EngineKey key, Engine engine, Slot<PhysicalConnection> slot, long start) {
        try {
            engines.makeRoom(engine);
            return Entry.reserved(key, engine, slot, start);
        } catch (RuntimeException | Error accident) {
            engine.abandon(slot);
            throw accident;
        }
    }

    private Connection connectedInside(Object source, Connection raw) {
        Entry entry = entries.top();
        if (entry == null) {
            return raw;
        }
        otherPools.connected(entry, entries, source, raw);
        return adopt(entry, raw);
    }

    private static Entry connectBegins(Entry entry) {
        // Always for the first of an engine: who will hear of it is started when it is open.
        if (entry.startNanos() != 0 || entry.engine() == null) {
            entry.connectBegan(Ticker.SYSTEM.nanos());
        }
        return entry;
    }

    private Connection adopt(Entry entry, Connection raw) {
        // A handle: a wrapper gives on what it was served itself, perhaps on another thread.
        if (!entry.adopts() || raw instanceof ConnectionHandle) {
            return raw;
        }
        Slot<PhysicalConnection> slot = entry.takeSlot();
        Engine engine = entry.engine();
        if (engine == null) {
            start();
            engine = makeEngine(entry);
            slot = engine == null ? null : engine.reserve();
        }
        if (engine == null || slot == null) {
            return raw;
        }
        long openNanos = entry.connectBegan() == 0 ? 0 : Ticker.SYSTEM.nanos() - entry.connectBegan();
        long start = entry.startNanos() == 0 ? entry.connectBegan() : entry.startNanos();
        return engine.adopt(slot, raw, start, openNanos);
    }

    /** What is done once, before the first engine or session. */
    private void start() {
        if (started.compareAndSet(false, true)) {
            ExitHook.register(settings, engines, sessions, telemetry, log);
        }
        telemetry.start();
    }

    private @Nullable Engine makeEngine(Entry entry) {
        EngineKey key = entry.key();
        String url = entry.url();
        if (key == null || url == null) {
            return null;
        }
        Engine engine = engines.findOrMake(key, url, entry.user(), entry.isOfCall());
        Class<?> openedBy = entry.openedBy();
        if (engine != null && openedBy != null) {
            engine.openedBy(openedBy);
        }
        return engine;
    }

    private void left() {
        Entry entry = entries.pop();
        Slot<PhysicalConnection> unused = entry == null ? null : entry.takeSlot();
        Engine engine = entry == null ? null : entry.engine();
        if (unused != null && engine != null) {
            engine.abandon(unused);
        }
    }

    // -- other pools

    @Override
    protected void handOutCloses(Object self) {
        Observation known = otherPools.observed();
        if (known != null) {
            known.handOuts().closed(self);
        }
    }

    @Override
    protected @Nullable Object observedCallEntered(int call, Object self, boolean on) {
        Observation known = otherPools.observed();
        return known == null ? null : known.entered(call, self, on);
    }

    @Override
    protected void observedCallLeft(Object self, Object token, @Nullable Object result, @Nullable Throwable thrown) {
        Observation known = otherPools.observed();
        if (known != null) {
            known.connections().left(token, self, result, thrown);
        }
    }

    @Override
    protected void observedStatementMade(Object statement) {
        Observation known = otherPools.observed();
        if (known != null) {
            known.statementMade(statement);
        }
    }

    @Override
    protected void observedStatementRuns(Object self) {
        Observation known = otherPools.observed();
        if (known != null) {
            known.connections().runs(self);
        }
    }

    // -- sessions

    @Override
    protected @Nullable Object sessionPointEntered(int point, Object self, @Nullable Object argument) {
        return sessions.watched().hibernate().entered(point, self, argument);
    }

    @Override
    protected void sessionPointLeft(int point, Object self, @Nullable Object token, @Nullable Throwable thrown) {
        if (point == SESSION_OPENED) {
            start();
        }
        sessions.watched().hibernate().left(point, self, token, thrown);
    }

    // -- accidents

    @Override
    protected void suppressed(String where, Throwable accident) {
        switch (accidents.add(Ticker.SYSTEM.nanos())) {
            case FIRST:
                log.warn("an accident in " + where + ", the application did not notice", accident);
                break;
            case TOO_MANY:
                install(null);
                log.warn(
                        Accidents.TOO_MANY + " accidents within an hour, the last in " + where
                                + ": connections are not pooled any more",
                        accident);
                break;
            case ONE_MORE:
                break;
        }
    }
}
