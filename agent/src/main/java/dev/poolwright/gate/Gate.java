package dev.poolwright.gate;

import dev.poolwright.config.Mode;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.engine.EngineKey;
import dev.poolwright.engine.Engines;
import dev.poolwright.forecast.Forecast;
import dev.poolwright.gate.observe.ClassWeaver;
import dev.poolwright.gate.observe.Observation;
import dev.poolwright.gate.source.Configuration;
import dev.poolwright.gate.source.DataSources;
import dev.poolwright.session.library.Libraries;
import dev.poolwright.session.library.LibrarySessions;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PoolwrightHook;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
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

    /** The gate of this JVM, for its operator; null before it is open. */
    private static volatile @Nullable Gate opened;

    private final Engines engines;
    private final Telemetry telemetry;
    private final Sessions sessions;
    private final GateLog log;
    private final Entries entries = new Entries();
    private final KnownPools pools = new KnownPools();
    private final OtherPools otherPools;
    private final Lifetime lifetime;
    private final Serving serving;
    private final DataSources dataSources = new DataSources();
    private final Accidents accidents = new Accidents();

    private Gate(Settings settings, GateLog log, ClassWeaver weaver, Runnable page) {
        LeakLines leaks = new LeakLines(log);
        Forecast forecast = settings.get(Setting.MODE) == Mode.OBSERVE ? forecast(settings) : null;
        this.engines = new Engines(settings, leaks, new FactLines(log, true), new FactLines(log, false));
        engines.listener(forecast);
        this.telemetry = new Telemetry(settings, engines, forecast, page, log);
        this.sessions = new Sessions(settings, telemetry, leaks, log);
        this.log = log;
        this.lifetime = new Lifetime(engines, sessions, telemetry, log);
        this.otherPools = new OtherPools(settings, telemetry, leaks, pools, weaver, lifetime);
        this.serving = new Serving(engines, entries, pools, otherPools, lifetime);
    }

    static Forecast forecast(Settings settings) {
        return new Forecast(
                settings.get(Setting.POOL_SIZE),
                TimeUnit.MILLISECONDS.toNanos(settings.get(Setting.POOL_IDLE_TIMEOUT)),
                Ticker.SYSTEM);
    }

    /**
     * Puts a gate behind all woven code.
     *
     * @param weaver for the classes of connections that other pools hand out, which are known when they are met
     * @param page   opens the page for people, where they want one; run with the first engine or session, waits for nothing
     */
    public static void open(Settings settings, GateLog log, ClassWeaver weaver, Runnable page) {
        for (String problem : settings.problems()) {
            log.warn(problem);
        }
        Gate gate = new Gate(settings, log, weaver, page);
        opened = gate;
        install(new PrivilegedGate(gate));
    }

    static @Nullable Gate opened() {
        return opened;
    }

    Engines engines() {
        return engines;
    }

    Telemetry telemetry() {
        return telemetry;
    }

    Accidents accidents() {
        return accidents;
    }

    GateLog log() {
        return log;
    }

    /** What goes on from now on is not looked at: nothing is pooled, no session watched, no other pool. */
    void stopWatching() {
        otherPools.stop();
        sessions.stop();
    }

    /**
     * The entry of a call that is let through as if there were no gate, to its end: what is inside of it is not another way in,
     * should the gate open meanwhile. Its exit follows.
     */
    void letThrough() {
        serving.goOn(Entry.UNSEEN);
    }

    /**
     * A class of a library whose sessions are watched is not as we know it.
     *
     * @return the name of that library; null if that is no news of this copy of it
     */
    public static @Nullable String unknownLibrary(int number, @Nullable ClassLoader loader) {
        String name = Libraries.name(number);
        return Sessions.Unknown.LIBRARIES.add(name, loader) ? name : null;
    }

    /** A class that hands out connections is being loaded. */
    public static void sawHandOut(String className) {
        KnownPools.sawHandOut(className);
    }

    /** An application is about to use its OpenTelemetry, which {@code loader} is loading. */
    public static void sawOpenTelemetry(ClassLoader loader) {
        Gate gate = opened;
        if (gate != null) {
            gate.telemetry.sawOpenTelemetry(loader);
        }
    }

    // -- DriverManager

    @Override
    protected @Nullable Object driverManagerEntered(
            @Nullable String url, @Nullable Properties info, @Nullable Class<?> caller) {
        Object served = Entry.TRANSPARENT;
        try {
            // Around it may be a wrapper driver, or a driver that asks DriverManager: the driver asked will be told
            // apart.
            if (entries.around() == null) {
                served = ofDriverManager(url, info, caller);
            }
        } finally {
            serving.goOn(served);
        }
        return Serving.verdict(served);
    }

    private Object ofDriverManager(@Nullable String url, @Nullable Properties info, @Nullable Class<?> caller) {
        if (caller != null && pools.isPool(caller)) {
            return KnownPools.isOurs(caller) ? Entry.UNSEEN : Entry.RAW;
        }
        if (url == null) {
            return Entry.TRANSPARENT;
        }
        if (!Serving.isServed(url)) {
            Untouched.url(url);
            return Entry.TRANSPARENT;
        }
        EngineKey key = EngineKey.ofDriverManager(url, info, effectiveLoader(caller));
        if (key == null) {
            return Entry.TRANSPARENT;
        }
        Object served = serving.serve(key, entries.isEmpty());
        return served == null ? serving.first(key, url, info) : served;
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
        return Serving.connectBegins(entry);
    }

    @Override
    protected Connection connected(@Nullable Object token, Connection raw) {
        return token == null ? raw : serving.adopt((Entry) token, raw);
    }

    @Override
    protected void driverManagerLeft() {
        serving.left();
    }

    @Override
    protected void driverGone(Driver driver) {
        engines.driverGone(driver.getClass());
    }

    // -- drivers, by whomever they are called

    @Override
    protected @Nullable Object driverEntered(
            Driver self, String declaring, @Nullable String url, @Nullable Properties info) {
        Object served = Entry.TRANSPARENT;
        try {
            Entry around = entries.around();
            if (around != null && around.isRaw()) {
                served = otherPools.takes(around, url, userOf(info));
            } else if (around == null || (around.adopts() && around.givesWayTo(self, declaring))) {
                served = ofDriver(self, declaring, url, info, around);
            }
        } finally {
            serving.goOn(served);
        }
        return Serving.verdict(served);
    }

    private Object ofDriver(
            Driver self, String declaring, @Nullable String url, @Nullable Properties info, @Nullable Entry around) {
        if (pools.isPool(self.getClass())) {
            return around == null ? otherPools.handsOut(self, null) : Entry.RAW;
        }
        if (url == null) {
            return Entry.TRANSPARENT;
        }
        if (!Serving.isServed(url)) {
            Untouched.url(url);
            boolean ofPool = around == null && KnownPools.areLoaded() && pools.isOnStackOften();
            return ofPool ? otherPools.takes(Entry.RAW, url, userOf(info)) : Entry.TRANSPARENT;
        }
        EngineKey key = EngineKey.ofDriver(url, info, self.getClass(), declaring);
        if (key == null) {
            giveWay(around);
            return Entry.TRANSPARENT;
        }
        Object served = serving.serve(key, false);
        if (served == null) {
            served = serving.first(key, url, info);
        }
        if (served != Entry.TRANSPARENT) {
            giveWay(around);
        }
        if (served == Entry.RAW) {
            return otherPools.takes(Entry.RAW, url, userOf(info));
        }
        if (served instanceof Entry && ((Entry) served).adopts()) {
            ((Entry) served).openedByDriver(self, declaring);
            Serving.connectBegins((Entry) served);
        }
        return served;
    }

    /** The user that is named there, if that can be read. */
    private static @Nullable String userOf(@Nullable Properties info) {
        try {
            return info == null ? null : info.getProperty("user");
        } catch (RuntimeException | Error unreadable) {
            return null;
        }
    }

    private static void giveWay(@Nullable Entry around) {
        if (around != null) {
            around.giveWay();
        }
    }

    @Override
    protected Connection driverConnected(Driver self, Connection raw) {
        return serving.connectedInside(self, raw);
    }

    @Override
    protected void driverLeft(Driver self) {
        serving.left();
    }

    // -- data sources

    @Override
    protected @Nullable Object dataSourceEntered(
            DataSource self,
            String declaring,
            @Nullable String user,
            @Nullable String password,
            boolean withCredentials) {
        Object served = Entry.TRANSPARENT;
        try {
            Entry around = entries.around();
            if (around != null && around.isRaw()) {
                served = takenInside(around, self, declaring, user, password, withCredentials);
            } else if (around == null || (around.adopts() && around.givesWayTo(self, declaring))) {
                served = ofDataSource(self, declaring, user, password, withCredentials, around);
            }
        } finally {
            serving.goOn(served);
        }
        return Serving.verdict(served);
    }

    private Object ofDataSource(
            DataSource self,
            String declaring,
            @Nullable String user,
            @Nullable String password,
            boolean withCredentials,
            @Nullable Entry around) {
        if (pools.isPool(self.getClass()) || dataSources.isRaw(self)) {
            return around == null ? otherPools.handsOut(self, user) : Entry.RAW;
        }
        Configuration asked = dataSources.read(self, declaring, user, password, withCredentials);
        if (asked == null) {
            return Entry.TRANSPARENT;
        }
        Object served = serving.serve(asked.key(), false);
        if (served == null) {
            String its = asked.url();
            served = serving.first(
                    asked.key(), its, asked.user(), Dialects.forUrl(its).pooling(its, null));
        }
        if (served != Entry.TRANSPARENT) {
            giveWay(around);
        }
        if (served == Entry.RAW) {
            return otherPools.takes(Entry.RAW, asked.url(), asked.user());
        }
        if (served instanceof Entry && ((Entry) served).adopts()) {
            Entry entry = (Entry) served;
            entry.ofCall(withCredentials);
            entry.openedByDataSource(self);
            Serving.connectBegins(entry);
        }
        return served;
    }

    /** Somebody who must have the driver's own asks one of its data sources. */
    private Entry takenInside(
            Entry around,
            DataSource self,
            String declaring,
            @Nullable String user,
            @Nullable String password,
            boolean withCredentials) {
        Configuration asked =
                otherPools.looksAt(around) ? dataSources.read(self, declaring, user, password, withCredentials) : null;
        return asked == null ? Entry.TRANSPARENT : otherPools.takes(around, asked.url(), asked.user());
    }

    @Override
    protected Connection dataSourceConnected(DataSource self, Connection raw) {
        return serving.connectedInside(self, raw);
    }

    @Override
    protected void dataSourceLeft(DataSource self) {
        serving.left();
    }

    @Override
    protected void rawEntered() {
        entries.push(Entry.RAW);
    }

    @Override
    protected void rawLeft() {
        serving.left();
    }

    /**
     * Whoever is innermost asks first; what is thrown after that second attempt is not asked for again by those around it.
     */
    @Override
    protected boolean makesRoom(@Nullable String url, Throwable failure) {
        return serving.makesRoom(url, failure);
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
    protected @Nullable Object sessionPointEntered(int point, @Nullable Object self, @Nullable Object argument) {
        return sessions.watched().of(point / LIBRARY).entered(point % LIBRARY, self, argument);
    }

    @Override
    protected void sessionPointLeft(int point, Object self, @Nullable Object token, @Nullable Throwable thrown) {
        if (point % LIBRARY == LibrarySessions.OPENED) {
            lifetime.begin();
        }
        sessions.watched().of(point / LIBRARY).left(point % LIBRARY, self, token, thrown);
    }

    // -- accidents

    @Override
    protected void suppressed(String where, Throwable accident) {
        switch (accidents.add(Ticker.SYSTEM.nanos())) {
            case FIRST:
                log.warn("an accident in " + where + ", the application did not notice", accident);
                break;
            case TOO_MANY:
                install(new ClosedGate(this)); // calls that are under way have their exits
                stopWatching();
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
