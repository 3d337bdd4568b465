package dev.poolwright.gate;

import dev.poolwright.dialect.Pooling;
import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineKey;
import dev.poolwright.engine.observed.ObservedDatabase;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.Slot;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One way into the driver that is being gone by a thread: what its connection will be adopted by.
 *
 * <p>Belongs to that thread.
 */
final class Entry {

    /** What is inside is served on its own: the outer call is none of ours, a wrapper driver or data source. */
    static final Entry TRANSPARENT = new Entry(null, null, null, null, null, null, 0);

    /** What is inside passes through untouched: another pool, or a driver that needs its own objects. */
    static final Entry RAW = new Entry(null, null, null, null, null, null, 0);

    /** As {@link #RAW}, and nobody looks at it: it is an engine of the library. */
    static final Entry UNSEEN = new Entry(null, null, null, null, null, null, 0);

    private final @Nullable EngineKey key;
    private final @Nullable String url;
    private final @Nullable String user;
    private final @Nullable Pooling pooling;
    private final @Nullable Engine engine;
    private final long startNanos;
    private @Nullable Slot<PhysicalConnection> slot;
    private long connectNanos;

    /** Who opens: a driver, one after the other where DriverManager tries them, or a data source. */
    private @Nullable Object opener;

    /** Whose code the opener runs: its class or a superclass; null = not begun. */
    private @Nullable Class<?> maker;

    private boolean ofCall;
    private boolean mayWrap;
    private boolean wraps;
    private boolean taken;
    private boolean handsOut;
    private @Nullable ObservedDatabase opened;
    private @Nullable Connection openedConnection;

    private Entry(
            @Nullable EngineKey key,
            @Nullable String url,
            @Nullable String user,
            @Nullable Pooling pooling,
            @Nullable Engine engine,
            @Nullable Slot<PhysicalConnection> slot,
            long startNanos) {
        this.key = key;
        this.url = url;
        this.user = user;
        this.pooling = pooling;
        this.engine = engine;
        this.slot = slot;
        this.startNanos = startNanos;
    }

    /** The first connection for a key: there is no engine before it is open. */
    static Entry first(EngineKey key, String url, @Nullable String user, Pooling pooling) {
        return new Entry(key, url, user, pooling, null, null, 0);
    }

    /** A place in an engine, waiting for the connection that is about to be opened. */
    static Entry reserved(EngineKey key, Engine engine, Slot<PhysicalConnection> slot, long startNanos) {
        return new Entry(key, null, null, null, engine, slot, startNanos);
    }

    /** A pool, or whoever must have the driver's own, takes a connection with {@code url}: it is observed. */
    static Entry taken(String url, @Nullable String user, long startNanos) {
        Entry entry = new Entry(null, url, user, null, null, null, startNanos);
        entry.taken = true;
        return entry;
    }

    /** A pool hands out a connection: it is watched until it is closed. */
    static Entry handOut(@Nullable String user, long startNanos) {
        Entry entry = new Entry(null, null, user, null, null, null, startNanos);
        entry.handsOut = true;
        return entry;
    }

    /** Whether what is inside passes through untouched. */
    boolean isRaw() {
        return this == RAW || this == UNSEEN || taken || handsOut;
    }

    /** Whether its connection is to be observed; not if that inside of it is already. */
    boolean isTaken() {
        return taken && opened == null;
    }

    boolean isHandOut() {
        return handsOut;
    }

    /** Inside of it a driver has opened a connection for a pool. */
    void opened(Connection connection, ObservedDatabase database) {
        if (taken || handsOut) {
            opened = database;
            openedConnection = connection;
        }
    }

    /** Whether {@code connection} is what a driver has just opened inside of it, and so was never in a pool. */
    boolean hasOpened(Connection connection) {
        return openedConnection == connection;
    }

    /** Where what was opened inside of it leads to, or null. */
    @Nullable
    ObservedDatabase opened() {
        return opened;
    }

    /** Says whether the call named its credentials. */
    void ofCall(boolean withCredentials) {
        ofCall = withCredentials;
    }

    boolean isOfCall() {
        return ofCall;
    }

    /** Whether its connection is to be adopted. */
    boolean adopts() {
        return key != null && !wraps;
    }

    @Nullable
    EngineKey key() {
        return key;
    }

    @Nullable
    String url() {
        return url;
    }

    @Nullable
    String user() {
        return user;
    }

    /** How an engine is to be made for it, or null where there is one. */
    @Nullable
    Pooling pooling() {
        return pooling;
    }

    @Nullable
    Engine engine() {
        return engine;
    }

    long startNanos() {
        return startNanos;
    }

    /** The place, for whoever uses it; the next caller gets null. */
    @Nullable
    Slot<PhysicalConnection> takeSlot() {
        Slot<PhysicalConnection> taken = slot;
        slot = null;
        return taken;
    }

    void connectBegan(long nanos) {
        connectNanos = nanos;
    }

    long connectBegan() {
        return connectNanos;
    }

    // -- who opens, and whether it only wraps what another one opens

    /** A data source of a driver opens: whatever it asks to do so is its own. */
    void openedByDataSource(Object source) {
        opener = source;
        mayWrap = false;
    }

    /** A driver that is asked directly opens, with the code of {@code declaring}. */
    void openedByDriver(Object driver, String declaring) {
        openedByDriver(driver);
        maker = Makers.of(driver, declaring);
    }

    /** DriverManager asks this driver now; what one before wrapped is past. */
    void openedByDriver(Object driver) {
        opener = driver;
        maker = null;
        mayWrap = true;
        wraps = false;
    }

    /** The class of who opens, or null if nobody does. */
    @Nullable
    Class<?> openedBy() {
        return opener == null ? null : opener.getClass();
    }

    /**
     * Whether {@code inner}, which is being asked for a connection inside of this, is to be served in its place: it is a
     * driver of another maker, so the one around it is a wrapper whose body must run each time.
     *
     * @param declaring whose code {@code inner} is about to run
     */
    boolean givesWayTo(Object inner, String declaring) {
        if (opener == null) {
            return true;
        }
        if (!mayWrap) {
            return false;
        }
        Class<?> innerMaker = Makers.of(inner, declaring);
        if (maker == null && inner == opener) {
            maker = innerMaker; // the driver DriverManager asked
            return false;
        }
        return !Makers.areSame(maker == null ? opener.getClass() : maker, innerMaker);
    }

    /** What was asked for inside is served: the connection around it is a wrapper's, and is not adopted. */
    void giveWay() {
        wraps = true;
    }
}
