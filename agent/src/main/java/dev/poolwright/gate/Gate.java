package dev.poolwright.gate;

import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.dialect.Pooling;
import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineKey;
import dev.poolwright.engine.Engines;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PoolwrightHook;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Between the hook and the engines: decides which of the application's calls are served, opens by letting the original
 * code run, and adopts what it opened. Any thread may call.
 *
 * <p>Everything that goes wrong in here is counted and the application gets what it would have got without us; after
 * {@value #TOO_MANY} accidents the gate takes itself out.
 */
public final class Gate extends PoolwrightHook {

    private static final int TOO_MANY = 100;

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
    private final DataSources dataSources = new DataSources();
    private final AtomicLong accidents = new AtomicLong();
    private final AtomicBoolean started = new AtomicBoolean();

    private Gate(Settings settings, GateLog log) {
        this.settings = settings;
        LeakLines leaks = new LeakLines(log);
        this.engines = new Engines(settings, leaks);
        this.telemetry = new Telemetry(settings, engines, log);
        this.sessions = new Sessions(settings, telemetry, leaks, log);
        this.log = log;
    }

    /** Puts a gate behind all woven code. */
    public static void open(Settings settings, GateLog log) {
        for (String problem : settings.problems()) {
            log.warn(problem);
        }
        install(new Gate(settings, log));
    }

    // -- DriverManager

    @Override
    protected @Nullable Object driverManagerEntered(
            @Nullable String url, @Nullable Properties info, @Nullable Class<?> caller) {
        Entry entry = Entry.TRANSPARENT;
        try {
            if (!entries.mayServe() || (caller != null && pools.isPool(caller))) {
                entry = Entry.RAW;
            } else if (url != null && Dialects.forUrl(url).pooling(url) != Pooling.PASS_THROUGH) {
                EngineKey key = EngineKey.ofDriverManager(url, info, effectiveLoader(caller));
                if (key != null) {
                    Served served = serve(key, url, info == null ? null : info.getProperty("user"));
                    if (served.entry == null) {
                        return served.verdict;
                    }
                    entry = served.entry;
                }
            }
        } catch (RuntimeException | Error accident) {
            entries.push(Entry.TRANSPARENT);
            throw accident;
        }
        entries.push(entry);
        return null;
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
        return connectBegins();
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
        return of != null
                && Dialects.forUrl(of).isTooManyConnections((SQLException) failure)
                && engines.giveUpIdle(engine);
    }

    @Override
    protected void driverManagerLeft() {
        left();
    }

    @Override
    protected void driverGone(Driver driver) {
        engines.driversChanged();
    }

    // -- data sources

    @Override
    protected @Nullable Object dataSourceEntered(
            DataSource self, @Nullable String user, @Nullable String password, boolean withCredentials) {
        Entry entry = Entry.TRANSPARENT;
        try {
            if (!entries.mayServe()) {
                entry = Entry.RAW;
            } else if (dataSources.isDrivers(self)) {
                DataSources.Configuration asked = dataSources.read(self, user, password, withCredentials);
                if (asked != null && Dialects.forUrl(asked.url).pooling(asked.url) != Pooling.PASS_THROUGH) {
                    Served served = serve(asked.key, asked.url, asked.user);
                    if (served.entry == null) {
                        return served.verdict;
                    }
                    entry = served.entry;
                    connectBegins(entry);
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
        Entry entry = entries.top();
        return entry != null && entry.adopts() ? adopt(entry, raw) : raw;
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

    /** A verdict, or the entry with which to go on. */
    private static final class Served {

        final @Nullable Object verdict;
        final @Nullable Entry entry;

        Served(@Nullable Object verdict, @Nullable Entry entry) {
            this.verdict = verdict;
            this.entry = entry;
        }
    }

    private Served serve(EngineKey key, String url, @Nullable String user) {
        Engine engine = engines.find(key);
        if (engine == null) {
            return new Served(null, pools.isOnStack() ? Entry.RAW : Entry.first(key, url, user));
        }
        long start = engine.startOfCheckOut();
        Connection idle = engine.tryGetConnection(start);
        if (idle != null) {
            return new Served(idle, null);
        }
        if (pools.isOnStack()) {
            return new Served(null, Entry.RAW);
        }
        Slot<PhysicalConnection> slot;
        try {
            slot = engine.acquire(start);
        } catch (SQLException refused) {
            if (engine.isClosed()) {
                // It was dropped because it had no connection, or its driver is gone: as if it had never been.
                engines.forget(key, engine);
                return new Served(null, Entry.first(key, url, user));
            }
            return new Served(refused, null);
        }
        if (slot.resource() != null) {
            return new Served(engine.lend(slot, start), null);
        }
        engines.makeRoom(engine);
        return new Served(null, Entry.reserved(key, engine, slot, start));
    }

    private @Nullable Entry connectBegins() {
        Entry entry = entries.top();
        return entry != null && entry.adopts() ? connectBegins(entry) : null;
    }

    private static Entry connectBegins(Entry entry) {
        // Always for the first of an engine: who will hear of it is started when it is open.
        if (entry.startNanos() != 0 || entry.engine() == null) {
            entry.connectBegan(Ticker.SYSTEM.nanos());
        }
        return entry;
    }

    private Connection adopt(Entry entry, Connection raw) {
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
        return engines.findOrMake(key, url, entry.user());
    }

    private void left() {
        Entry entry = entries.pop();
        Slot<PhysicalConnection> unused = entry == null ? null : entry.takeSlot();
        Engine engine = entry == null ? null : entry.engine();
        if (unused != null && engine != null) {
            engine.abandon(unused);
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
        long count = accidents.incrementAndGet();
        if (count == 1) {
            log.warn("an accident in " + where + ", the application did not notice", accident);
        } else if (count == TOO_MANY) {
            install(null);
            log.warn(TOO_MANY + " accidents, the last in " + where + ": connections are not pooled any more", accident);
        }
    }
}
