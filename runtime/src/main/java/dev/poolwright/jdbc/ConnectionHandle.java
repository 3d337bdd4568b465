package dev.poolwright.jdbc;

import dev.poolwright.dialect.CloseInTransaction;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.pool.Slot;
import dev.poolwright.sql.Verdict;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a {@code Connection} for one borrow; closed once, it is dead for ever.
 *
 * <p>As thread-safe as the driver's own connection. Methods not written here are generated: they guard the call,
 * delegate, and wrap what comes back.
 */
public abstract class ConnectionHandle extends RestoredConnection {

    private static final String QUERY = "select ";

    private @Nullable ChildHandle newest;

    /** Of what is lent; null only for the prototype of a generated class. */
    protected ConnectionHandle(@Nullable PhysicalConnection physical) {
        super(physical);
    }

    /**
     * A fresh handle for the connection in {@code slot}, which the calling thread holds.
     *
     * @param lentNanos when it was lent if somebody listens, otherwise 0
     */
    public static ConnectionHandle lend(Lending lending, Slot<PhysicalConnection> slot, long lentNanos) {
        PhysicalConnection physical = slot.resource();
        if (physical == null) {
            throw new IllegalStateException("lend of an empty slot");
        }
        physical.lent(lending, slot, lentNanos);
        return physical.prototype().poolwrightNew(physical);
    }

    /** A handle of the same generated class. */
    public abstract ConnectionHandle poolwrightNew(PhysicalConnection physical);

    // -- what close() must know

    final List<ChildHandle> openChildren() {
        Baggage known = baggage();
        Children older = known == null ? null : known.children();
        ChildHandle last = newest;
        if (older == null) {
            return last == null ? Collections.<ChildHandle>emptyList() : Collections.singletonList(last);
        }
        List<ChildHandle> all = older.all();
        if (last != null) {
            all.add(last);
        }
        return all;
    }

    /** Whether statements may be open that nobody can reach any longer, so that they are none of {@link #openChildren}. */
    final boolean mayHaveForgottenChildren() {
        Baggage known = baggage();
        Children others = known == null ? null : known.children();
        return others != null && others.mayHaveForgotten();
    }

    /** Closes {@code children}, all that are open, and those that are forgotten, but for what may stay so; when no call is in flight. */
    final void closeChildren(List<ChildHandle> children) throws SQLException {
        Baggage known = baggage();
        Children others = known == null ? null : known.children();
        if (others != null) {
            others.closeForgotten(this);
        }
        LeftOpen left = LeftOpen.closeOthers(children, lending().dialect());
        if (left != null) {
            baggageMade().leftOpen(left);
        }
    }

    private @Nullable LeftOpen leftOpen() {
        Baggage known = baggage();
        return known == null ? null : known.leftOpen();
    }

    final boolean isLeftOpen(ChildHandle child) {
        LeftOpen left = leftOpen();
        return left != null && left.contains(child);
    }

    /** The statement of rows that were left open. */
    final void leaveOpen(ChildHandle child) {
        LeftOpen left = leftOpen();
        if (left != null) {
            left.add(child);
        }
    }

    final void closedLate(ChildHandle child) {
        LeftOpen left = leftOpen();
        if (left != null) {
            left.remove(child);
        }
    }

    /** The application gets {@code raw}, something of the driver's that does not go through this handle. */
    final void handOut(@Nullable Object raw) {
        if (raw != null && !isClosedHandle()) { // otherwise it is of a closed connection
            markEscaped();
            physical().handedOut();
            HandedOut.by(this, raw);
        }
    }

    /** A method of the vendor's changed something that nobody knows how to bring back: called by the generated class. */
    public final void poolwrightChanged() {
        markEscaped();
    }

    /** The one look at {@code sql}, which is to be given to the driver: called by the generated class, outside the call. */
    public final @Nullable Verdict poolwrightLooks(@Nullable String sql) {
        if (sql == null) {
            return null;
        }
        Lending lending = lending();
        if (lending.resets() == null && sql.regionMatches(true, 0, QUERY, 0, QUERY.length())) {
            // Where nothing is lent again, a query leaves nothing that matters: no need to read it, nor to load who
            // reads.
            physical().looksAway();
            return null;
        }
        Verdict text = physical().looks(sql, lending.verdicts());
        if ((text.bits() & Verdict.READS_LAST) != 0) {
            readsLast();
        }
        return text;
    }

    /** A text is to be prepared, or run by a method of the vendor's: called by the generated class, inside the call. */
    public final void poolwrightGives(@Nullable Verdict text, int call) {
        gives(text, call);
    }

    // -- children, for the generated classes; inside a call

    /** A handle for a statement of the driver's. */
    public final Statement newStatement(Statement raw, int call) {
        ChildHandle prototype = physical().prototypeOfStatement(raw);
        if (!(prototype instanceof StatementHandle)) {
            handOut(raw);
            return raw;
        }
        StatementHandle handle = (StatementHandle) prototype.poolwrightNew(this, null, raw);
        if (call != AFTER_CLOSE) {
            childOpened(handle, call);
        }
        return handle;
    }

    /** Whether {@code statement} was made by a connection that is closed. */
    final boolean isOfClosed(Statement statement) {
        try {
            Connection maker = driver(AFTER_CLOSE);
            return statement.getConnection() == maker && maker.isClosed();
        } catch (SQLException untold) {
            return false;
        }
    }

    /** A handle for a result set of the driver's; {@code statement} is null for one of the driver's own statements. */
    public final ResultSet newResultSet(ResultSet raw, @Nullable StatementHandle statement, int call) {
        ChildHandle prototype = physical().prototypeOfResult(raw);
        if (!(prototype instanceof ResultSetHandle)) {
            handOut(raw);
            return raw;
        }
        ChildHandle handle = prototype.poolwrightNew(this, statement, raw);
        if (statement == null && call != AFTER_CLOSE) {
            childOpened(handle, call);
        }
        return (ResultSet) handle;
    }

    /** A handle for an array, LOB, description or the like. */
    public final Object newValue(Object raw) {
        gaveValue();
        return newDescription(raw);
    }

    /** The same for a description that refers to what it describes. */
    final Object newDescription(Object raw) {
        ChildHandle prototype = physical().prototype(raw);
        if (!(prototype instanceof ValueHandle)) {
            handOut(raw);
            return raw;
        }
        return prototype.poolwrightNew(this, null, raw);
    }

    private void childOpened(ChildHandle child, int call) {
        if (call != BY_OWNER) {
            baggageMade().childrenMade().addOfOtherThread(child);
            return;
        }
        ChildHandle previous = newest;
        newest = child;
        // Asked of each, though most have none open beside them: a program that leaves every second one open has the
        // newest one closed each time.
        Baggage known = baggage();
        if (previous != null || known != null) {
            openedBeside(previous, known);
        }
    }

    private void openedBeside(@Nullable ChildHandle previous, @Nullable Baggage known) {
        Children others = known == null ? null : known.children();
        if (previous != null) {
            others = baggageMade().childrenMade();
            others.add(previous, lending().statementLines());
        }
        if (others != null) {
            others.opened(this);
        }
    }

    final void childClosed(ChildHandle child, int call) {
        if (call != BY_OWNER) {
            closesUnseen(); // its entry is weak
            return;
        }
        if (newest == child) {
            newest = null;
            return;
        }
        Baggage known = baggage();
        Children older = known == null ? null : known.children();
        if (older != null) {
            older.remove(child);
        }
    }

    /** A statement was closed where its entry could not be taken out, or will be. */
    final void closesUnseen() {
        baggageMade().childrenMade().closedUnseen();
    }

    /** The application has something that may need a statement and does not refer to its handle. */
    final void gaveValue() {
        physical().gaveValue();
    }

    /** Whether {@link #gaveValue} was called in this borrow, or something of the driver's own was handed out. */
    final boolean gaveWhatNeedsStatements() {
        return isEscaped() || physical().hasGivenValue();
    }

    // -- transactions

    /** Whether nobody has asked for transactions of more than a statement in this borrow, as far as seen by another thread. */
    final boolean isInAutoCommit() {
        return physical().autoCommitWhenNew() && (dirty() & SessionDefaults.AUTO_COMMIT) == 0;
    }

    @Override
    public final void commit() throws SQLException {
        TransactionEnding.by(this, TransactionEnd.COMMIT, null);
    }

    @Override
    public final void rollback() throws SQLException {
        TransactionEnding.by(this, TransactionEnd.ROLLBACK, null);
    }

    @Override
    public final void rollback(@Nullable Savepoint savepoint) throws SQLException {
        int use = SavepointHandle.beginUse(savepoint, this);
        try {
            TransactionEnding.by(this, TransactionEnd.ROLLBACK_TO_SAVEPOINT, (Savepoint) Handle.raw(savepoint));
        } finally {
            SavepointHandle.endUse(savepoint, use);
        }
    }

    @Override
    public final @Nullable Savepoint setSavepoint() throws SQLException {
        int call = beginWork();
        try {
            return newSavepoint(driver(call).setSavepoint());
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final @Nullable Savepoint setSavepoint(@Nullable String name) throws SQLException {
        int call = beginWork();
        try {
            return newSavepoint(driver(call).setSavepoint(name));
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    private @Nullable Savepoint newSavepoint(@Nullable Savepoint raw) {
        if (raw == null || lending().dialect().isSavepointOnlyAName()) {
            return raw;
        }
        ChildHandle prototype = physical().prototype(raw);
        if (!(prototype instanceof SavepointHandle)) {
            handOut(raw);
            return raw;
        }
        return (SavepointHandle) prototype.poolwrightNew(this, null, raw);
    }

    @Override
    public final void releaseSavepoint(@Nullable Savepoint savepoint) throws SQLException {
        int use = SavepointHandle.beginUse(savepoint, this);
        try {
            int call = beginWork();
            try {
                driver(call).releaseSavepoint((Savepoint) Handle.raw(savepoint));
            } catch (Throwable failure) {
                throw thrown(failure);
            } finally {
                endCall(call);
            }
        } finally {
            SavepointHandle.endUse(savepoint, use);
        }
    }

    @Override
    public final void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit) {
            TransactionEnding.by(this, TransactionEnd.IMPLICIT_COMMIT, null);
        } else {
            int call = beginCall();
            try {
                markDirty(SessionDefaults.AUTO_COMMIT, call);
                if (call != AFTER_CLOSE && physical().hasWritten() && raw().getAutoCommit()) {
                    physical().ran(Verdict.Work.ENDS); // each of those that wrote has ended its own
                }
                driver(call).setAutoCommit(false);
            } catch (Throwable failure) {
                throw thrown(failure);
            } finally {
                endCall(call);
            }
        }
    }

    // -- the rest that means something

    @Override
    public final DatabaseMetaData getMetaData() throws SQLException {
        int call = beginCall();
        try {
            DatabaseMetaData raw = driver(call).getMetaData();
            Baggage baggage = baggage();
            MetaDataHandle known = baggage == null ? null : baggage.metaData();
            if (known != null && known.poolwrightRaw() == raw) {
                return known;
            }
            ChildHandle prototype = raw == null ? null : physical().prototype(raw);
            if (raw == null || !(prototype instanceof MetaDataHandle)) {
                handOut(raw);
                return raw;
            }
            MetaDataHandle handle = (MetaDataHandle) prototype.poolwrightNew(this, null, raw);
            baggageMade().metaData(handle);
            return handle;
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final boolean isClosed() throws SQLException {
        return isClosedHandle() || raw().isClosed();
    }

    @Override
    public final boolean isValid(int timeoutSeconds) throws SQLException {
        int call = tryBeginCall();
        if (call == REFUSED) {
            Connection closed = driver(AFTER_CLOSE);
            return closed.isClosed() && closed.isValid(timeoutSeconds);
        }
        try {
            boolean valid = raw().isValid(timeoutSeconds);
            if (!valid) {
                physical().markBroken(); // the application asks so as to get another one
            }
            return valid;
        } finally {
            endCall(call);
        }
    }

    /** Gives the connection back, in the state it had when it was new; a second call does nothing. */
    @Override
    public final void close() throws SQLException {
        if (isClosedInOneStep()) {
            return;
        }
        if (lending().dialect().closeInTransaction() == CloseInTransaction.REJECT) {
            closeUnlessRefused();
        }
        Closing closing = beginClose();
        if (closing != Closing.ALREADY_CLOSED) {
            try {
                CheckIn.finish(this, closing == Closing.QUIET);
            } finally {
                stayReachable();
            }
        }
    }

    /** Where nothing is to be cleaned and no other thread was here, closing and giving back are one atomic step. */
    private boolean isClosedInOneStep() {
        int lease = leaseWord(); // before the look whether this is open: then it is the word of this lease
        if (newest != null || baggage() != null || dirty() != 0 || mayHaveTransaction() || !beginCloseInOneStep()) {
            return false;
        }
        if (!CheckIn.finishedAtOnce(physical(), lease)) {
            endCall(BY_OWNER);
            return false;
        }
        stayReachable();
        return true;
    }

    /**
     * Closes this in its holder's place, unless a call has begun since its activity was {@code before}; what is left to do
     * is {@link CheckIn#reclaim}.
     */
    final boolean takeAway(TakenAway why, long before) {
        if (!beginTaking()) {
            return false;
        }
        boolean taken = false;
        try {
            if (isStillSince(before)) {
                baggageMade().takenAway(why);
                taken = true;
            }
        } finally {
            endTaking(taken);
        }
        return taken;
    }

    /**
     * Where a driver refuses to close a connection in a transaction, only it knows whether there is one: it is asked to
     * close, and this handle stays open if it throws. If it does not, there was nothing in flight and one connection
     * less to lend again.
     */
    private void closeUnlessRefused() throws SQLException {
        int call = tryBeginCall();
        if (call == REFUSED) {
            return; // closed before: a second close() does nothing
        }
        try {
            if (!raw().isClosed() && !raw().getAutoCommit() && mayBeRefused()) {
                raw().close();
            }
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    private boolean mayBeRefused() {
        return !lending().reuse() || mayHaveTransaction() || lending().dialect().refusesClose(raw());
    }

    /** Ends the connection for ever; says nothing of the others of its pool. */
    @Override
    public final void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            abortWithoutExecutor();
        }
        if (beginClose() != Closing.ALREADY_CLOSED) {
            try {
                raw().abort(executor);
            } finally {
                CheckIn.finish(this, false);
                stayReachable();
            }
        }
    }

    /** Most drivers refuse it, and the connection stays what it is; those that do not have done it now. */
    private void abortWithoutExecutor() throws SQLException {
        int call = tryBeginCall();
        if (call == REFUSED) {
            call = beginClosedCall();
        }
        try {
            driver(call).abort(null);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    /** The driver is asked first in any case: some refuse it when the connection is closed. */
    @Override
    public final <T> T unwrap(@Nullable Class<T> type) throws SQLException {
        if (type == EngineConnection.class && !isClosedHandle()) {
            return type.cast(new EngineConnection(this));
        }
        int call = tryBeginCall();
        if (call == REFUSED) {
            refuseIfTakenAway();
        }
        try {
            Connection asked = driver(call == REFUSED ? AFTER_CLOSE : call);
            if (call == REFUSED && !asked.isClosed()) {
                // Nobody is closed who could be asked, and the driver's own object is somebody else's.
                return unwrapUnasked(type);
            }
            T raw = asked.unwrap(type);
            if (type != null && type.isInstance(this)) {
                return type.cast(this);
            }
            touch(call);
            handOut(raw);
            return raw;
        } finally {
            endCall(call);
        }
    }

    private <T> T unwrapUnasked(@Nullable Class<T> type) throws SQLException {
        if (type != null && type.isInstance(this)) {
            return type.cast(this);
        }
        throw closedException();
    }

    @Override
    public final boolean isWrapperFor(@Nullable Class<?> type) throws SQLException {
        boolean ofDriver = driver(isClosedHandle() ? AFTER_CLOSE : BY_OWNER).isWrapperFor(type);
        return ofDriver || (type != null && (type.isInstance(this) || type == EngineConnection.class));
    }

    /** The driver's object to call in {@code call}: {@code raw}, or one that is closed; for the generated class. */
    public final Object poolwrightDriver(int call, Object raw) {
        return call == AFTER_CLOSE ? driver(AFTER_CLOSE) : raw;
    }

    /** What the driver's object says of itself. */
    @Override
    public final String toString() {
        return raw().toString();
    }
}
