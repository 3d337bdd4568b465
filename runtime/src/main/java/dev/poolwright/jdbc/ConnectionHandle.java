package dev.poolwright.jdbc;

import dev.poolwright.dialect.CloseInTransaction;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a {@code Connection} for one borrow; closed once, it is dead for ever.
 *
 * <p>As thread-safe as the driver's own connection. Methods not written here are generated: they guard the call,
 * delegate, and wrap what comes back.
 */
public abstract class ConnectionHandle extends CallGuard implements Connection, Handle {

    private static final AtomicReferenceFieldUpdater<ConnectionHandle, Children> CHILDREN =
            AtomicReferenceFieldUpdater.newUpdater(ConnectionHandle.class, Children.class, "children");

    private final @Nullable Lending lending;
    private final @Nullable Slot<PhysicalConnection> slot;
    private final @Nullable PhysicalConnection physical;

    /** Set properties, as bits of {@link SessionDefaults}. */
    private int dirty;

    private volatile boolean escaped;
    private @Nullable ChildHandle newest;
    private volatile @Nullable Children children;
    private @Nullable MetaDataHandle metaData;
    private long lentNanos;

    /** @param lending who lends; null, as {@code slot}, only for the prototype of a generated class */
    protected ConnectionHandle(@Nullable Lending lending, @Nullable Slot<PhysicalConnection> slot) {
        super(lending == null ? null : Thread.currentThread());
        this.lending = lending;
        this.slot = slot;
        this.physical = slot == null ? null : slot.resource();
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
        ConnectionHandle handle = physical.prototype().poolwrightNew(lending, slot, physical.raw());
        handle.lentNanos = lentNanos;
        return handle;
    }

    /** A handle of the same generated class. */
    public abstract ConnectionHandle poolwrightNew(Lending lending, Slot<PhysicalConnection> slot, Connection raw);

    final Lending lending() {
        return present(lending);
    }

    final Slot<PhysicalConnection> slot() {
        return present(slot);
    }

    final PhysicalConnection physical() {
        return present(physical);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a prototype was used as a connection");
        }
        return value;
    }

    private Connection raw() {
        return (Connection) poolwrightRaw();
    }

    // -- what close() must know

    final int dirty() {
        return dirty;
    }

    final boolean isEscaped() {
        return escaped;
    }

    final long lentNanos() {
        return lentNanos;
    }

    final List<ChildHandle> openChildren() {
        Children older = children;
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

    /** The connection must not be lent again: nobody knows in what state it is. */
    final void markEscaped() {
        escaped = true;
    }

    /** The application gets {@code raw}, something of the driver's that does not go through this handle. */
    final void handOut(@Nullable Object raw) {
        if (raw != null) {
            markEscaped();
            physical().handedOut();
            HandedOut.by(this, raw);
        }
    }

    @Override
    final SQLException closedException() {
        return lending().dialect().closed(raw());
    }

    @Override
    final void failed(SQLException failure) {
        if (lending().dialect().isDisconnect(failure)) {
            physical().markBroken();
        }
    }

    /** A method of the vendor's changed something that nobody knows how to bring back: called by the generated class. */
    public final void poolwrightChanged() {
        escaped = true;
    }

    // -- children, for the generated classes; inside a call

    /** A handle for a statement of the driver's. */
    public final Statement newStatement(Statement raw, int call) {
        ChildHandle prototype = physical().handles().child(raw.getClass());
        if (!(prototype instanceof StatementHandle)) {
            handOut(raw);
            return raw;
        }
        StatementHandle handle = (StatementHandle) prototype.poolwrightNew(this, null, raw);
        childOpened(handle, call);
        return handle;
    }

    /** A handle for a result set of the driver's; {@code statement} is null for one of the driver's own statements. */
    public final ResultSet newResultSet(ResultSet raw, @Nullable StatementHandle statement, int call) {
        ChildHandle prototype = physical().handles().child(raw.getClass());
        if (!(prototype instanceof ResultSetHandle)) {
            handOut(raw);
            return raw;
        }
        ChildHandle handle = prototype.poolwrightNew(this, statement, raw);
        if (statement == null) {
            childOpened(handle, call);
        }
        return (ResultSet) handle;
    }

    /** A handle for an array, LOB, description or the like. */
    public final Object newValue(Object raw) {
        ChildHandle prototype = physical().handles().child(raw.getClass());
        if (!(prototype instanceof ValueHandle)) {
            handOut(raw);
            return raw;
        }
        return prototype.poolwrightNew(this, null, raw);
    }

    private void childOpened(ChildHandle child, int call) {
        if (call != BY_OWNER) {
            children().addOfOtherThread(child);
            return;
        }
        ChildHandle previous = newest;
        if (previous != null) {
            children().add(previous);
        }
        newest = child;
    }

    final void childClosed(ChildHandle child, int call) {
        if (call != BY_OWNER) {
            return; // its entry is weak; closing it twice does no harm
        }
        if (newest == child) {
            newest = null;
        } else if (children != null) {
            children().remove(child);
        }
    }

    private Children children() {
        Children known = children;
        if (known != null) {
            return known;
        }
        Children fresh = new Children();
        return CHILDREN.compareAndSet(this, null, fresh) ? fresh : children();
    }

    // -- transactions

    @Override
    public final void commit() throws SQLException {
        end(TransactionEnd.COMMIT, null);
    }

    @Override
    public final void rollback() throws SQLException {
        end(TransactionEnd.ROLLBACK, null);
    }

    @Override
    public final void rollback(@Nullable Savepoint savepoint) throws SQLException {
        end(TransactionEnd.ROLLBACK_TO_SAVEPOINT, savepoint);
    }

    @Override
    public final void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit) {
            end(TransactionEnd.IMPLICIT_COMMIT, null);
        } else {
            int call = beginCall();
            try {
                dirty |= SessionDefaults.AUTO_COMMIT;
                raw().setAutoCommit(false);
            } catch (Throwable failure) {
                throw thrown(failure);
            } finally {
                endCall(call);
            }
        }
    }

    private void end(TransactionEnd how, @Nullable Savepoint savepoint) throws SQLException {
        int call = beginCall();
        EngineListener listener = lending().listener();
        boolean live = false;
        long start = listener == null ? 0 : Ticker.SYSTEM.nanos();
        Throwable failure = null;
        try {
            // In auto-commit mode setAutoCommit(true) ends nothing, not even a transaction begun by SQL text.
            boolean ends = how != TransactionEnd.IMPLICIT_COMMIT || !raw().getAutoCommit();
            live = ends && isTouched();
            switch (how) {
                case COMMIT:
                    raw().commit();
                    break;
                case ROLLBACK:
                    raw().rollback();
                    break;
                case ROLLBACK_TO_SAVEPOINT:
                    raw().rollback(savepoint);
                    break;
                case IMPLICIT_COMMIT:
                    dirty |= SessionDefaults.AUTO_COMMIT;
                    raw().setAutoCommit(true);
                    break;
            }
            if (ends && how != TransactionEnd.ROLLBACK_TO_SAVEPOINT) {
                transactionEnded(call);
            }
        } catch (Throwable thrown) {
            failure = thrown;
            throw thrown(thrown);
        } finally {
            endCall(call);
            if (listener != null && (live || failure != null)) {
                tell(listener, how, start, failure);
            }
        }
    }

    private void tell(EngineListener listener, TransactionEnd how, long start, @Nullable Throwable failure) {
        try {
            listener.transactionEnded(lending().engine(), how, start, Ticker.SYSTEM.nanos(), failure);
        } catch (Throwable accident) {
            lending().accident(accident);
        }
    }

    // -- session properties: what they were is read before they change, and brought back at close()

    @Override
    public final void setReadOnly(boolean readOnly) throws SQLException {
        int call = beginChange(SessionDefaults.READ_ONLY);
        try {
            raw().setReadOnly(readOnly);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setTransactionIsolation(int level) throws SQLException {
        int call = beginChange(SessionDefaults.ISOLATION);
        try {
            raw().setTransactionIsolation(level);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setCatalog(@Nullable String catalog) throws SQLException {
        int call = beginChange(SessionDefaults.CATALOG);
        try {
            raw().setCatalog(catalog);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setSchema(@Nullable String schema) throws SQLException {
        int call = beginChange(SessionDefaults.SCHEMA);
        try {
            raw().setSchema(schema);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setHoldability(int holdability) throws SQLException {
        int call = beginChange(SessionDefaults.HOLDABILITY);
        try {
            raw().setHoldability(holdability);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    /** As if it were being set: the map may be the one the driver uses, and is then changed by changing it. */
    @Override
    public final Map<String, Class<?>> getTypeMap() throws SQLException {
        int call = beginChange(SessionDefaults.TYPE_MAP);
        try {
            return raw().getTypeMap();
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        int call = beginChange(SessionDefaults.TYPE_MAP);
        try {
            raw().setTypeMap(map);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
        int call = beginChange(SessionDefaults.NETWORK_TIMEOUT);
        try {
            raw().setNetworkTimeout(executor, milliseconds);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        int call = beginClientInfo();
        try {
            raw().setClientInfo(name, value);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setClientInfo(Properties properties) throws SQLClientInfoException {
        int call = beginClientInfo();
        try {
            raw().setClientInfo(properties);
        } finally {
            endCall(call);
        }
    }

    private int beginClientInfo() throws SQLClientInfoException {
        try {
            return beginChange(SessionDefaults.CLIENT_INFO);
        } catch (SQLException refused) {
            throw new SQLClientInfoException(
                    refused.getMessage(),
                    refused.getSQLState(),
                    refused.getErrorCode(),
                    Collections.<String, java.sql.ClientInfoStatus>emptyMap(),
                    refused);
        }
    }

    /** Begins the change of a statement's timeout, which is one of the session with some databases. */
    final int beginQueryTimeout() throws SQLException {
        return lending().dialect().isQueryTimeoutOfSession() ? beginChange(SessionDefaults.QUERY_TIMEOUT) : beginCall();
    }

    private int beginChange(int property) throws SQLException {
        int call = beginWork();
        if ((dirty & property) == 0) {
            try {
                physical().defaults().remember(property, raw());
            } catch (SQLException | RuntimeException | LinkageError unreadable) {
                // What cannot be read cannot be brought back: the connection is not lent again. The setter itself is
                // none of our business and is tried all the same. A LinkageError is how a driver older than the
                // getter says that it has none.
                markEscaped();
            } catch (Throwable failure) {
                throw thrown(failCall(call, failure));
            }
            dirty |= property;
        }
        return call;
    }

    // -- the rest that means something

    @Override
    public final DatabaseMetaData getMetaData() throws SQLException {
        int call = beginCall();
        try {
            DatabaseMetaData raw = raw().getMetaData();
            MetaDataHandle known = metaData;
            if (known != null && known.poolwrightRaw() == raw) {
                return known;
            }
            ChildHandle prototype = raw == null ? null : physical().handles().child(raw.getClass());
            if (raw == null || !(prototype instanceof MetaDataHandle)) {
                handOut(raw);
                return raw;
            }
            MetaDataHandle handle = (MetaDataHandle) prototype.poolwrightNew(this, null, raw);
            metaData = handle;
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
            return false;
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
            if (mayHaveTransaction() && !raw().isClosed() && !raw().getAutoCommit()) {
                raw().close();
            }
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    /** Ends the connection for ever; says nothing of the others of its pool. */
    @Override
    public final void abort(@Nullable Executor executor) throws SQLException {
        if (beginClose() != Closing.ALREADY_CLOSED) {
            try {
                raw().abort(executor);
            } finally {
                CheckIn.finish(this, false);
                stayReachable();
            }
        }
    }

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        int call = beginWork();
        try {
            T raw = raw().unwrap(type);
            handOut(raw);
            return raw;
        } finally {
            endCall(call);
        }
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || raw().isWrapperFor(type);
    }

    /** What the driver's object says of itself. */
    @Override
    public final String toString() {
        return raw().toString();
    }

    /** {@code failure} after a look at it: what a driver's method may throw. */
    private SQLException thrown(Throwable failure) {
        if (failure instanceof SQLException) {
            failed((SQLException) failure);
        }
        return ConnectionHandle.<RuntimeException>asIs(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> SQLException asIs(Throwable failure) throws T {
        throw (T) failure;
    }
}
