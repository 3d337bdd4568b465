package dev.poolwright.jdbc;

import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Slot;
import dev.poolwright.sql.RecentTexts;
import dev.poolwright.sql.Verdict;
import dev.poolwright.sql.Verdicts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A driver's connection and what is known of it for as long as it is open: what it looked like when it was new.
 *
 * <p>Belongs to whoever holds its slot.
 */
public final class PhysicalConnection {

    private static final AtomicIntegerFieldUpdater<PhysicalConnection> RETURNS =
            AtomicIntegerFieldUpdater.newUpdater(PhysicalConnection.class, "returns");

    private final Connection raw;
    private final HandleFactory handles;
    private @Nullable Known newestStatement;
    private @Nullable Known newestResult;
    private final ConnectionHandle prototype;
    private final boolean autoCommit;
    private final SessionDefaults defaults = new SessionDefaults();
    private final @Nullable SQLWarning warningsOfConnect;
    private final @Nullable SQLWarning copiedWarnings;
    private @Nullable Lending lending;
    private @Nullable Slot<PhysicalConnection> slot;
    private long lentNanos; // of the present borrow
    private boolean remembersKeys;
    private @Nullable RecentTexts texts; // from the first that is read on
    private boolean written; // since the last transaction ended; in auto-commit as well

    /** The lease in which a value was given that may need a statement of its own. */
    private int valuesOfLease = -1;

    private volatile boolean broken;
    private volatile boolean handedOut;
    private volatile boolean leftToApplication;

    /**
     * Odd while a borrower's close() cleans this connection, with the server's help; a different number each time. Made
     * even by that close(), or by the housekeeper that takes the connection away from it: by one of them only.
     */
    private volatile int returns;

    private int lateReturn; // of the housekeeper
    private long lateSinceNanos; // of the housekeeper
    private @Nullable Stillness stillness; // of the housekeeper
    private int toldLease = -1; // of the housekeeper

    private PhysicalConnection(Connection raw, HandleFactory handles, ConnectionHandle prototype, boolean autoCommit) {
        this.raw = raw;
        this.handles = handles;
        this.prototype = prototype;
        this.autoCommit = autoCommit;
        this.warningsOfConnect = warnings(raw);
        this.copiedWarnings = copy(warningsOfConnect);
    }

    private static @Nullable SQLWarning warnings(Connection raw) {
        try {
            return raw.getWarnings();
        } catch (SQLException | RuntimeException | LinkageError untold) {
            return null;
        }
    }

    /** What is in the chain now: drivers append later warnings to it. */
    private static @Nullable SQLWarning copy(@Nullable SQLWarning warnings) {
        SQLWarning first = null;
        for (SQLWarning each = warnings; each != null; each = each.getNextWarning()) {
            SQLWarning copy = new SQLWarning(each.getMessage(), each.getSQLState(), each.getErrorCode());
            if (first == null) {
                first = copy;
            } else {
                first.setNextWarning(copy);
            }
        }
        return first;
    }

    /**
     * Takes a connection the driver has just made.
     *
     * @throws SQLException               the driver refused to tell its auto-commit mode
     * @throws UnsupportedDriverException no handle can be made for the driver's class; it can only be used as it is
     */
    public static PhysicalConnection of(Connection raw, HandleFactory handles)
            throws SQLException, UnsupportedDriverException {
        return new PhysicalConnection(raw, handles, handles.connection(raw.getClass()), raw.getAutoCommit());
    }

    /**
     * A borrow begins, in the thread that has the slot. Who lends, and from where, is kept here and not in each handle: it
     * is the same as long as the connection is open.
     *
     * @param nowNanos the time if somebody listens, otherwise 0
     */
    void lent(Lending by, Slot<PhysicalConnection> from, long nowNanos) {
        if (slot != from) {
            lending = by;
            slot = from;
        }
        lentNanos = nowNanos;
        looksAway();
    }

    Lending lending() {
        Lending known = lending;
        if (known == null) {
            throw new IllegalStateException(this + " was never lent");
        }
        return known;
    }

    Slot<PhysicalConnection> slot() {
        Slot<PhysicalConnection> known = slot;
        if (known == null) {
            throw new IllegalStateException(this + " was never lent");
        }
        return known;
    }

    /** When the present borrow began, or 0; until its slot is given back. */
    long lentNanos() {
        return lentNanos;
    }

    /** The driver's own object. */
    public Connection raw() {
        return raw;
    }

    /** The prototype for what the driver has returned, or null if there can be none. */
    @Nullable
    ChildHandle prototype(Object raw) {
        return handles.child(raw.getClass());
    }

    /** The same for a statement: nearly always that of the one before, and then there is no map to look into. */
    @Nullable
    ChildHandle prototypeOfStatement(Statement raw) {
        Known newest = newestStatement;
        if (newest == null || newest.type != raw.getClass()) {
            newest = new Known(raw.getClass(), prototype(raw));
            newestStatement = newest;
        }
        return newest.prototype;
    }

    /** The same for a result set. */
    @Nullable
    ChildHandle prototypeOfResult(ResultSet raw) {
        Known newest = newestResult;
        if (newest == null || newest.type != raw.getClass()) {
            newest = new Known(raw.getClass(), prototype(raw));
            newestResult = newest;
        }
        return newest.prototype;
    }

    /** One object, so that threads that race see both or neither. */
    private static final class Known {

        final Class<?> type;
        final @Nullable ChildHandle prototype;

        Known(Class<?> type, @Nullable ChildHandle prototype) {
            this.type = type;
            this.prototype = prototype;
        }
    }

    /** A text is prepared or run that nobody reads. */
    void looksAway() {
        RecentTexts known = texts;
        if (known != null) {
            known.noLast();
        }
    }

    /** The verdict on {@code sql}, which is prepared or run. */
    Verdict looks(String sql, Verdicts all) {
        RecentTexts known = texts;
        if (known == null) {
            known = new RecentTexts();
            texts = known;
        }
        return known.of(sql, all);
    }

    /** Something was run that means {@code work} for the transaction. */
    void ran(Verdict.Work work) {
        if (work == Verdict.Work.WRITES) {
            written = true;
        } else if (work == Verdict.Work.ENDS) {
            written = false;
        }
    }

    /** Whether something was written since the last transaction ended; not known of what functions and vendor's methods do. */
    boolean hasWritten() {
        return written;
    }

    /** The present borrower got a value that may need a statement. */
    void gaveValue() {
        int lease = slot().endedLeases();
        if (valuesOfLease != lease) {
            valuesOfLease = lease;
        }
    }

    boolean hasGivenValue() {
        return valuesOfLease == slot().endedLeases();
    }

    ConnectionHandle prototype() {
        return prototype;
    }

    /** The auto-commit mode it was made in. */
    boolean autoCommitWhenNew() {
        return autoCommit;
    }

    SessionDefaults defaults() {
        return defaults;
    }

    /** Whether its session may remember a key that an earlier borrower made. */
    boolean remembersKeys() {
        return remembersKeys;
    }

    void remembersKeys(boolean remembers) {
        remembersKeys = remembers;
    }

    /** What a borrower who has cleared none is shown where the driver has {@code now}. */
    @Nullable
    SQLWarning withWarningsOfConnect(@Nullable SQLWarning now) {
        if (copiedWarnings == null || now == warningsOfConnect) {
            return now;
        }
        SQLWarning all = copy(copiedWarnings); // the driver's own were cleared for an earlier borrower
        if (all != null && now != null) {
            all.setNextWarning(now);
        }
        return all;
    }

    /** A close() begins to talk to the server. */
    void returnBegins() {
        RETURNS.lazySet(this, returns + 1);
    }

    /** It has its answers, or gave up. Broken from here on if {@link #tookOverdueReturn} was faster. */
    void returnEnds() {
        int begun = returns;
        if ((begun & 1) == 0 || !RETURNS.compareAndSet(this, begun, begun + 1)) {
            markBroken();
        }
    }

    /**
     * Takes this connection away from a close() that has waited for the server since {@code boundNanos} before now: it
     * is to be aborted, and is not lent again even if the answer comes at this moment. For the housekeeper, which looks
     * at every tick.
     */
    public boolean tookOverdueReturn(long nowNanos, long boundNanos) {
        int seen = returns;
        if ((seen & 1) == 0) {
            return false;
        }
        if (seen != lateReturn) {
            lateReturn = seen;
            lateSinceNanos = nowNanos;
            return false;
        }
        if (nowNanos - lateSinceNanos < boundNanos) {
            return false;
        }
        return RETURNS.compareAndSet(this, seen, seen + 1);
    }

    /** Its borrower got something of the driver's past the handle. */
    void handedOut() {
        handedOut = true;
    }

    boolean isHandedOut() {
        return handedOut;
    }

    /**
     * Lets go of a handle that was kept reachable for what its borrower got past it, once that is dropped or was used to
     * close the connection: then the lease is a leak like any other. For the housekeeper, at every tick.
     */
    public void observeHandedOut() throws SQLException {
        if (handedOut) {
            HandedOut.forgetDropped();
            if (raw.isClosed()) {
                HandedOut.forget(this);
            }
        }
    }

    /**
     * Takes this away from a holder who has made no call for {@code limitNanos}, has nothing of the driver's own and can
     * still be reached: who cannot is the leak watch's. For the housekeeper, at every tick.
     *
     * @return what is left to be done where one may wait for the server; null = nothing was taken away
     */
    public @Nullable Runnable takeAwayIfUnused(long nowNanos, long limitNanos, TakenAwayListener told) {
        Slot<PhysicalConnection> from = slot;
        if (from == null) {
            return null;
        }
        Stillness known = stillness;
        if (known == null) {
            known = new Stillness(this, nowNanos);
            stillness = known;
        }
        return known.look(from, nowNanos, limitNanos, told);
    }

    /** Tells once for each borrow that lasts for longer than {@code limitNanos}. For the housekeeper, at every tick. */
    public void tellIfHeldTooLong(long nowNanos, long limitNanos, TakenAwayListener told) {
        Slot<PhysicalConnection> from = slot;
        if (from == null) {
            return;
        }
        int lease = from.endedLeases();
        long heldNanos = from.heldNanos(nowNanos);
        if (lease == toldLease || heldNanos < limitNanos) {
            return;
        }
        Object holder = from.holder();
        Origin origin = from.origin();
        if (holder instanceof ConnectionHandle && from.endedLeases() == lease && from.resource() == this) {
            toldLease = lease;
            told.heldTooLong(origin, heldNanos, ((ConnectionHandle) holder).stackOfOwner(), this);
        }
    }

    /** The text that was prepared or run last in the present borrow, without literals; empty if there was none. */
    public String lastStatement() {
        RecentTexts known = texts;
        Verdict last = known == null ? null : known.last();
        Lending by = lending;
        return last == null || by == null ? "" : by.verdicts().shown(last);
    }

    /** The application has the driver's own object and is the one to close it. */
    public void leaveToApplication() {
        leftToApplication = true;
    }

    /** Whether {@link #leaveToApplication} was called. */
    public boolean isLeftToApplication() {
        return leftToApplication;
    }

    /**
     * It must not be lent again; and those that are older are not trusted from here on, the idle ones at once, those that
     * are lent when they come back. Any thread, during a borrow.
     */
    void markBroken() {
        markBroken(null);
    }

    /** The same, for a cause that listeners are told. */
    void markBroken(@Nullable Throwable cause) {
        if (broken) {
            return;
        }
        broken = true;
        Slot<PhysicalConnection> mine = slot;
        Lending by = lending;
        // A call that ends after the borrow may find somebody else's in the slot, opened since.
        if (mine != null && by != null && mine.resource() == this) {
            by.pool().invalidateElders(mine);
            ConnectionListeners listeners = by.connectionListeners();
            if (listeners != null) {
                listeners.invalidated(raw, cause);
            }
        }
    }

    boolean isBroken() {
        return broken;
    }

    @Override
    public String toString() {
        return raw.toString();
    }
}
