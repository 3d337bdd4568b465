package dev.poolwright.engine;

import dev.poolwright.config.PoolKind;
import dev.poolwright.config.PoolOrder;
import dev.poolwright.config.Reset;
import dev.poolwright.config.Setting;
import dev.poolwright.dialect.DatabaseAddress;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.engine.source.Connector;
import dev.poolwright.engine.source.DriverManagerConnector;
import dev.poolwright.engine.source.Source;
import dev.poolwright.event.ConnectionListener;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.event.NestedCheckout;
import dev.poolwright.event.UncommittedClose;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.jdbc.ConnectionListeners;
import dev.poolwright.jdbc.Lending;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.StatementLines;
import dev.poolwright.jdbc.UncommittedLines;
import dev.poolwright.pool.NullPool;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.queue.QueuePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an engine is made of. Defaults are SQLAlchemy's: size 5, overflow 10, checkout timeout 30 s.
 *
 * <p>Not safe for several threads at once. A setting out of its range is refused at once by an
 * {@code IllegalArgumentException} that names it.
 */
public final class EngineBuilder {

    /** What is kept idle for credentials that were named in one call. */
    private static final Duration LONGEST_IDLE_OF_A_CALL = Duration.ofSeconds(60);

    /** As good as for ever: what is longer may be no number of nanoseconds. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

    private static final Duration DEFAULT_CHECKOUT_TIMEOUT = Duration.ofSeconds(30);

    private final String url;
    private final @Nullable Source source; // in place of the URL
    private final Properties properties = new Properties();
    private @Nullable String name;
    private boolean ofOneCall;
    private PoolSettings pool = PoolSettings.DEFAULT;
    private long checkoutTimeoutNanos = DEFAULT_CHECKOUT_TIMEOUT.toNanos();
    private int traceEvery;
    private Duration reportAfter = Duration.ZERO;
    private Duration reclaimAfter = Duration.ZERO;
    private int openStatements = Setting.LEAK_OPEN_STATEMENTS.libraryDefault();
    private Reset reset = Reset.SMART;
    private boolean strict;
    private boolean reuse = true;
    private boolean observing;
    private @Nullable PoolKind kind; // null = queue, so that the class is loaded only where somebody names one
    private @Nullable PoolOrder order; // null = any
    private @Nullable EngineListener listener;
    private List<ConnectionListener> connectionListeners = Collections.emptyList();
    private @Nullable Consumer<Leak> leaks;
    private @Nullable Consumer<? super NestedCheckout> nestings;
    private @Nullable Consumer<? super UncommittedClose> uncommitted;
    private @Nullable Connector connector;
    private Housekeeper housekeeper = Housekeeper.shared();
    private IdleBounds.@Nullable Server server;

    EngineBuilder(String url) {
        this(url, null);
    }

    EngineBuilder(Source source) {
        this("", source);
    }

    private EngineBuilder(String url, @Nullable Source source) {
        this.url = url;
        this.source = source;
    }

    /** The database user; null = the driver's choice. */
    public EngineBuilder user(@Nullable String user) {
        return property("user", user);
    }

    /** The user's password; null = none. Never shown anywhere. */
    public EngineBuilder password(@Nullable String password) {
        return property("password", password);
    }

    /**
     * A property of the driver; null takes it out again.
     *
     * @throws IllegalArgumentException if connections come from a {@code DataSource}, which has properties of its own (PW-106)
     */
    public EngineBuilder property(String name, @Nullable String value) {
        if (source != null) {
            source.requireSettable(name);
        }
        if (value == null) {
            properties.remove(name);
        } else {
            properties.setProperty(name, value);
        }
        return this;
    }

    /**
     * A name of its own, in messages and metrics too; null = that of the database and user, which is the default. There is one
     * engine of a name at a time, for all classes that were loaded with this one: {@link #build} returns it again where all
     * settings are the same, and is refused where they are not (PW-109). It is closed for all who have it.
     */
    public EngineBuilder name(@Nullable String ownName) {
        name = ownName;
        return this;
    }

    /** Connections kept open when nobody uses them; 0 or more, 5 by default. */
    public EngineBuilder size(int size) {
        pool = pool.withSize(size);
        return this;
    }

    /** Connections opened beyond the size; -1 = no limit, 10 by default. */
    public EngineBuilder overflow(int overflow) {
        pool = pool.withOverflow(overflow);
        return this;
    }

    /**
     * Whether the cap also holds for a thread that has a connection already; false by default: at the cap such a thread is
     * lent one beyond, because it would wait for itself. If true it waits, and where all that wait have one, they wait for
     * each other. Either is reported with both lines (PW-301).
     */
    public EngineBuilder strict(boolean capIsStrict) {
        strict = capIsStrict;
        return this;
    }

    /**
     * How long {@code getConnection} takes at the most, whatever the database does; zero = for ever, 30 s by default. With
     * a timeout connections are opened on threads of the engine's, which end with that; without one by whoever asks.
     */
    public EngineBuilder checkoutTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("checkoutTimeout " + timeout + " is negative; zero waits for ever");
        }
        checkoutTimeoutNanos = (timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT).toNanos();
        return this;
    }

    /** Age at which a connection is replaced; zero = never, 30 minutes by default. */
    public EngineBuilder recycle(Duration age) {
        pool = pool.withRecycle(age);
        return this;
    }

    /** Idleness after which a connection is pinged before it is lent; zero = never, 30 s by default. */
    public EngineBuilder pingAfter(Duration idleness) {
        pool = pool.withPingAfter(idleness);
        return this;
    }

    /** Idleness after which a connection is closed; zero = never, 10 minutes by default. */
    public EngineBuilder idleTimeout(Duration idleness) {
        pool = pool.withIdleTimeout(idleness);
        return this;
    }

    /**
     * When connections that come back are made new again beyond what JDBC itself can set: {@link Reset#SMART} by default,
     * which is when the SQL that was run may have changed the session.
     */
    public EngineBuilder reset(Reset when) {
        reset = Objects.requireNonNull(when, "when");
        return this;
    }

    /** Opens and closes a connection each time, as without a pool; leaks are still found. */
    public EngineBuilder withoutPool() {
        reuse = false;
        return this;
    }

    /**
     * How connections are kept; {@link PoolKind#QUEUE} by default. {@link PoolKind#STATIC} and {@link PoolKind#ASSERTION}
     * have one connection, whatever size and overflow say, and it neither expires nor is recycled.
     */
    public EngineBuilder kind(PoolKind newKind) {
        kind = Objects.requireNonNull(newKind, "newKind");
        reuse = newKind != PoolKind.NULL;
        return this;
    }

    /** Which idle connection is lent next; {@link PoolOrder#ANY} by default, which is the fastest. */
    public EngineBuilder order(PoolOrder newOrder) {
        order = Objects.requireNonNull(newOrder, "newOrder");
        return this;
    }

    /** Whether the stack is recorded at each check-out, so that a leak names its line: about 1 us; false by default. */
    public EngineBuilder traceLeaks(boolean trace) {
        return traceLeaksEvery(trace ? 1 : 0);
    }

    /**
     * Of how many borrows one records its stack; 0 = of none, the default. Until a connection leaks whose line was not recorded:
     * from then on each borrow records it.
     */
    public EngineBuilder traceLeaksEvery(int borrows) {
        if (borrows < 0) {
            throw new IllegalArgumentException("traceLeaksEvery " + borrows + " is negative; 0 records none");
        }
        traceEvery = borrows;
        return this;
    }

    /**
     * How long a connection may be held before that is reported with the line that acquired it, its last statement and where the
     * holder is now (PW-207); zero = for ever, the default. It is left to the holder.
     */
    public EngineBuilder reportAfter(Duration held) {
        if (held.isNegative()) {
            throw new IllegalArgumentException("reportAfter " + held + " is negative; zero never reports");
        }
        reportAfter = held;
        return this;
    }

    /**
     * How long a borrower may make no call before its connection is rolled back and taken away; zero = for ever, the
     * default. Never while a call is in flight, and never from whoever has unwrapped the driver's own connection or holds a
     * stream of it: those can be at work unseen. Whoever calls too late gets a {@code SQLNonTransientConnectionException},
     * PW-204, SQLState 08003; a late {@code close()} does nothing. Precise to a quarter of the duration, and a second.
     */
    public EngineBuilder reclaimAfter(Duration unused) {
        if (unused.isNegative()) {
            throw new IllegalArgumentException("reclaimAfter " + unused + " is negative; zero never takes any away");
        }
        reclaimAfter = unused;
        return this;
    }

    /**
     * How many statements one connection may have open before the lines are reported that leave them open (PW-205); 0 = any
     * number, 250 by default. From half of it on, opening one more costs a look at the stack, or one in 16 does.
     */
    public EngineBuilder openStatements(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("openStatements " + limit + " is negative; 0 allows any number");
        }
        openStatements = limit;
        return this;
    }

    /** Who hears of check-outs, transactions, batches and leaks; nobody by default. */
    public EngineBuilder listener(@Nullable EngineListener newListener) {
        listener = newListener;
        return this;
    }

    /** Adds one who is shown each connection as it comes and goes, after those that were added before; nobody by default. */
    public EngineBuilder connectionListener(ConnectionListener added) {
        List<ConnectionListener> all = new ArrayList<>(connectionListeners);
        all.add(Objects.requireNonNull(added, "added"));
        connectionListeners = all;
        return this;
    }

    /** Who is told of nested check-outs, in place of {@code java.util.logging}. */
    EngineBuilder nestings(Consumer<? super NestedCheckout> sink) {
        nestings = sink;
        return this;
    }

    /** Who is told of closes with uncommitted changes, in place of {@code java.util.logging}. */
    EngineBuilder uncommitted(Consumer<? super UncommittedClose> sink) {
        uncommitted = sink;
        return this;
    }

    /** Who is told of leaks, in place of {@code java.util.logging}. */
    EngineBuilder leaks(Consumer<Leak> sink) {
        leaks = sink;
        return this;
    }

    /** As {@link #withoutPool}; and counts which sessions would have had to be reset. */
    EngineBuilder observing() {
        reuse = false;
        observing = true;
        return this;
    }

    EngineBuilder poolSettings(PoolSettings settings) {
        pool = settings;
        return this;
    }

    /** Whose thread looks after the pool, in place of the one of this JVM. */
    EngineBuilder housekeeper(Housekeeper newHousekeeper) {
        housekeeper = newHousekeeper;
        return this;
    }

    EngineBuilder connector(Connector newConnector) {
        connector = newConnector;
        return this;
    }

    /** Where what is open is counted; null = nowhere. */
    EngineBuilder server(IdleBounds.@Nullable Server newServer) {
        server = newServer;
        return this;
    }

    /** For credentials that were named in a call: there may be any number of such engines. */
    EngineBuilder ofOneCall() {
        pool = pool.withIdleTimeoutAtMost(LONGEST_IDLE_OF_A_CALL);
        ofOneCall = true;
        return this;
    }

    /** Whether the password is the engine's, and not one that a data source keeps to itself. */
    boolean knowsPassword() {
        return source == null || properties.getProperty("user") != null;
    }

    boolean hasPassword(@Nullable String password) {
        return Objects.equals(password, properties.getProperty("password"));
    }

    EngineBuilder copy() {
        EngineBuilder copy = new EngineBuilder(url, source);
        copy.properties.putAll(properties);
        copy.name = name;
        copy.ofOneCall = ofOneCall;
        copy.pool = pool;
        copy.checkoutTimeoutNanos = checkoutTimeoutNanos;
        copy.traceEvery = traceEvery;
        copy.reportAfter = reportAfter;
        copy.reclaimAfter = reclaimAfter;
        copy.openStatements = openStatements;
        copy.reset = reset;
        copy.strict = strict;
        copy.reuse = reuse;
        copy.observing = observing;
        copy.kind = kind;
        copy.order = order;
        copy.listener = listener;
        copy.connectionListeners = connectionListeners;
        copy.leaks = leaks;
        copy.nestings = nestings;
        copy.uncommitted = uncommitted;
        copy.connector = connector;
        copy.housekeeper = housekeeper;
        copy.server = server;
        return copy;
    }

    /**
     * An engine that opens nothing yet.
     *
     * @throws IllegalStateException if there is one of the same {@link #name} with other settings (PW-109)
     */
    public Engine build() {
        if (name != null && !ofOneCall) {
            return NamedEngines.getOrMake(name, this);
        }
        Engine made = make();
        announce(made);
        return made;
    }

    /** Tells the listener, if there is one. */
    void announce(Engine made) {
        made.listener(listener);
    }

    /** All that makes a difference, by name, in the order of this class. */
    Map<String, @Nullable Object> settings() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("source", source == null ? url : source.identity());
        all.put("user", properties.getProperty("user"));
        all.put("password", properties.getProperty("password"));
        for (String property : new TreeSet<>(properties.stringPropertyNames())) {
            if (!property.equals("user") && !property.equals("password")) {
                all.put("property " + property, properties.getProperty(property));
            }
        }
        all.put("size", pool.size());
        all.put("overflow", pool.overflow());
        all.put("recycle", duration(pool.recycleNanos()));
        all.put("pingAfter", duration(pool.pingAfterNanos()));
        all.put("idleTimeout", duration(pool.idleTimeoutNanos()));
        all.put("checkoutTimeout", Duration.ofNanos(checkoutTimeoutNanos));
        all.put("strict", strict);
        all.put("reset", reset);
        all.put("kind", !reuse ? PoolKind.NULL : kind == null ? PoolKind.QUEUE : kind);
        all.put("order", order == null ? PoolOrder.ANY : order);
        all.put("traceLeaksEvery", traceEvery);
        all.put("reportAfter", reportAfter);
        all.put("reclaimAfter", reclaimAfter);
        all.put("openStatements", openStatements);
        all.put("listener", listener);
        all.put("connectionListener", connectionListeners);
        return all;
    }

    private static Duration duration(long nanos) {
        return nanos == PoolSettings.NEVER ? Duration.ZERO : Duration.ofNanos(nanos);
    }

    private String ownName(DatabaseAddress address, @Nullable String user) {
        if (name == null) {
            return EngineNames.take(address, user);
        }
        return EngineNames.take(ofOneCall ? name + "@" + user : name);
    }

    /** One that no listener has been told of. */
    Engine make() {
        Dialect dialect = source == null ? Dialects.forUrl(url) : source.dialect();
        DatabaseAddress address = source == null ? dialect.address(url) : source.address();
        String user = user();
        EngineInfo info = new EngineInfo(
                ownName(address, user),
                address.url(),
                user,
                dialect.system(),
                address.database(),
                address.host(),
                address.port());
        EngineBuilder mine = copy();
        Connector opens = connector == null ? mine.opens() : connector;
        IdleBounds.Server found = server == null && (source == null || source.isAddressKnown())
                ? IdleBounds.withoutLimit().server(address.server())
                : null;
        Traces traces = new Traces(kind != null && kind == PoolKind.ASSERTION ? 1 : traceEvery);
        LeakReports reports = new LeakReports(info, traces, leaks);
        PhysicalLifecycle lifecycle = new PhysicalLifecycle(
                opens,
                dialect,
                found != null ? found : reuse ? server : null,
                reclaimAfter.toNanos(),
                reportAfter.toNanos(),
                reports);
        Pool<PhysicalConnection> connections = connections(lifecycle, reports);
        ListenerFailures failures = null;
        ConnectionListeners shown = null;
        if (!connectionListeners.isEmpty()) {
            failures = new ListenerFailures();
            shown = new ConnectionListeners(info, connectionListeners, failures);
        }
        Lending lending = observing
                ? Lending.observing(info, dialect, connections)
                : new Lending(info, dialect, connections, reuse ? resetOfKind() : null, shown);
        if (failures != null) {
            failures.countedBy(lending);
        }
        reports.lending(lending);
        lending.statementLines(new StatementLines(openStatements, reports));
        Telling telling = new Telling(lending);
        lending.uncommittedLines(new UncommittedLines(new UncommittedReports(info, telling, uncommitted)));
        lifecycle.opensFor(lending, telling);
        // Where there is one connection only, nobody gets another.
        boolean one = kind != null && (kind == PoolKind.STATIC || kind == PoolKind.ASSERTION);
        Nesting nesting = new Nesting(connections, info, telling, strict || one, nestings);
        CheckOuts checkOuts = new CheckOuts(
                connections,
                info,
                telling,
                checkoutTimeoutNanos,
                nesting,
                nestingWatch(connections, info, telling),
                traceEvery > 0);
        Siblings siblings = new Siblings(connector == null ? mine : null);
        Engine engine = shown == null
                ? new Engine(lending, lifecycle, telling, checkOuts, traces, siblings, reports)
                : ListenedEngine.make(lending, lifecycle, telling, checkOuts, traces, siblings, reports, shown);
        if (found != null) {
            IdleBounds.withoutLimit().add(engine, found);
        }
        lending.listener(listener);
        return engine;
    }

    private @Nullable String user() {
        String named = properties.getProperty("user");
        return named == null && source != null ? source.user() : named;
    }

    private Connector opens() {
        return source == null ? new DriverManagerConnector(url, properties) : source.connector(properties);
    }

    /** Where connections are kept, and there are some. */
    private @Nullable NestingWatch nestingWatch(
            Pool<PhysicalConnection> connections, EngineInfo info, Telling telling) {
        if (!reuse || (kind != null && kind != PoolKind.QUEUE)) {
            return null;
        }
        Consumer<? super NestedCheckout> sink = nestings;
        return new NestingWatch(connections, info, telling, strict, sink != null ? sink : LoggedReports.nested());
    }

    /** A session that cannot be reset would cost its connection, and with that the database of a static pool. */
    private Reset resetOfKind() {
        return kind != null && kind == PoolKind.STATIC && reset == Reset.SMART ? Reset.NEVER : reset;
    }

    private Pool<PhysicalConnection> connections(PhysicalLifecycle lifecycle, LeakReports reports) {
        if (!reuse) {
            return new NullPool<>(lifecycle, reports, housekeeper);
        }
        if (kind == null && order == null) {
            return new QueuePool<>(pool, lifecycle, reports, housekeeper);
        }
        return ChosenPool.of(kind, order, pool, lifecycle, reports, housekeeper);
    }
}
