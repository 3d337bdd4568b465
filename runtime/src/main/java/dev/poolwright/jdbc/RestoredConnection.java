package dev.poolwright.jdbc;

import dev.poolwright.pool.Slot;
import dev.poolwright.sql.Verdict;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What is lent, and the properties of its session that JDBC can set: what they were is read before they change, and
 * brought back at close.
 */
public abstract class RestoredConnection extends CallGuard implements Connection, Handle {

    private static final AtomicReferenceFieldUpdater<RestoredConnection, Baggage> BAGGAGE =
            AtomicReferenceFieldUpdater.newUpdater(RestoredConnection.class, Baggage.class, "baggage");

    private final @Nullable PhysicalConnection physical;

    /**
     * Set properties, as bits of {@link SessionDefaults}, and above them what texts left ({@link SessionResets}): by the
     * borrowing thread, so without an atomic operation. Sixteen bits, which is what fits beside the guard's flags.
     */
    private char dirty;

    private volatile @Nullable Baggage baggage;

    /** Of what is lent; null only for the prototype of a generated class. */
    RestoredConnection(@Nullable PhysicalConnection physical) {
        super(physical == null ? null : Thread.currentThread());
        this.physical = physical;
    }

    final Lending lending() {
        return physical().lending();
    }

    final Slot<PhysicalConnection> slot() {
        return physical().slot();
    }

    final PhysicalConnection physical() {
        return present(physical);
    }

    @Override
    final int leaseWord() {
        return slot().word();
    }

    @Override
    final boolean shareLease(int word) {
        return slot().share(word);
    }

    @Override
    public final Connection poolwrightRaw() {
        return physical().raw();
    }

    /** What few borrows have; null for the others. */
    final @Nullable Baggage baggage() {
        return baggage;
    }

    final Baggage baggageMade() {
        Baggage known = baggage;
        if (known != null) {
            return known;
        }
        Baggage fresh = new Baggage();
        return BAGGAGE.compareAndSet(this, null, fresh) ? fresh : baggageMade();
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a prototype was used as a connection");
        }
        return value;
    }

    final Connection raw() {
        return physical().raw();
    }

    final int dirty() {
        Baggage others = baggage;
        return others == null ? dirty : dirty | others.dirty();
    }

    /** {@code property} is about to change, inside {@code call}. */
    final void markDirty(int property, int call) {
        if (call == BY_OWNER) {
            dirty |= (char) property;
        } else {
            baggageMade().markDirty(property);
        }
    }

    /** {@code sql} is about to be given to the driver, inside {@code call}. */
    final void gives(@Nullable String sql, int call) {
        SessionResets resets = lending().resets();
        if (resets != null && sql != null) {
            Verdict verdict = resets.verdicts().of(sql);
            if (verdict.bits() != 0) {
                leaves(verdict, resets, call);
            }
        }
    }

    private void leaves(Verdict verdict, SessionResets resets, int call) {
        int bits = verdict.bits() << SessionResets.SHIFT;
        if ((verdict.bits() & Verdict.READS_KEYS) != 0) {
            readsKeys(resets);
        }
        if (verdict.isDirty()) {
            baggageMade().causedBy(verdict);
        }
        if ((dirty() & bits) != bits) {
            markDirty(bits, call);
        }
    }

    /**
     * The last key is asked for. This borrower must not see the one of somebody before, and from now on nobody is given a
     * connection that has one.
     */
    private void readsKeys(SessionResets resets) {
        if (resets.never()) {
            return;
        }
        if (resets.keysAreRead()) {
            lending().pool().disposeAside();
        }
        if (physical().remembersKeys() && !SessionResets.madeKeys(dirty())) {
            try {
                physical().remembersKeys(!resets.forgetKeys(raw()));
            } catch (SQLException refused) {
                markEscaped(); // and the statement itself will say what is wrong
            }
        }
    }

    /** The first text that made the session dirty, or null. */
    final @Nullable Verdict cause() {
        Baggage known = baggage;
        return known == null ? null : known.cause();
    }

    final boolean isEscaped() {
        Baggage known = baggage;
        return known != null && known.isEscaped();
    }

    /** The connection must not be lent again: nobody knows in what state it is. */
    final void markEscaped() {
        baggageMade().markEscaped();
    }

    @Override
    final int beginClosedCall() throws SQLException {
        if (isGone()) {
            return AFTER_CLOSE;
        }
        throw closedException();
    }

    /** Whether the driver's connection is closed for good, so that whatever it is asked reaches nobody else. */
    final boolean isGone() {
        try {
            return raw().isClosed();
        } catch (SQLException | RuntimeException untold) {
            return false;
        }
    }

    /** What the driver throws when a closed connection is used. */
    final SQLException closedException() {
        ClosedConnection closed = lending().closedConnection();
        SQLException told = closed == null ? null : closed.failure();
        return told == null ? lending().dialect().closed(raw()) : told;
    }

    @Override
    final void failed(SQLException failure) {
        if (!isClosedHandle()) { // otherwise it says nothing but that, and the connection is somebody else's
            failedInReturn(failure);
        }
    }

    /** Cleaning the connection threw {@code failure}. */
    final void failedInReturn(SQLException failure) {
        if (lending().dialect().isDisconnect(failure)) {
            physical().markBroken();
        }
    }

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
            driver(call).setClientInfo(name, value);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setClientInfo(Properties properties) throws SQLClientInfoException {
        int call = beginClientInfo();
        try {
            driver(call).setClientInfo(properties);
        } finally {
            endCall(call);
        }
    }

    private int beginClientInfo() throws SQLClientInfoException {
        if (isClosedHandle() && lending().closedConnection() != null) {
            return AFTER_CLOSE;
        }
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

    /** The driver's connection, or for a call after the close one that is closed, if there is any. */
    final Connection driver(int call) {
        ClosedConnection closed = call == AFTER_CLOSE ? lending().closedConnection() : null;
        return closed == null || isGone() ? raw() : closed.raw();
    }

    /** Begins the change of a statement's timeout, which is one of the session with some databases. */
    final int beginQueryTimeout() throws SQLException {
        return lending().dialect().isQueryTimeoutOfSession() ? beginChange(SessionDefaults.QUERY_TIMEOUT) : beginCall();
    }

    /** With those of the connect, until they are cleared: each borrower of a new connection would have seen them. */
    @Override
    public final @Nullable SQLWarning getWarnings() throws SQLException {
        int call = beginCall();
        try {
            SQLWarning now = raw().getWarnings();
            Baggage known = baggage;
            return known != null && known.areWarningsCleared()
                    ? now
                    : physical().withWarningsOfConnect(now);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void clearWarnings() throws SQLException {
        int call = beginCall();
        try {
            raw().clearWarnings();
            baggageMade().warningsCleared();
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    private int beginChange(int property) throws SQLException {
        int call = beginWork();
        if ((dirty() & property) == 0) {
            try {
                if (isHiddenByText(property)) {
                    markEscaped();
                } else {
                    physical().defaults().remember(property, raw());
                }
            } catch (SQLException | RuntimeException | LinkageError unreadable) {
                // What cannot be read cannot be brought back: the connection is not lent again. The setter itself is
                // none of our business and is tried all the same. A LinkageError is how a driver older than the
                // getter says that it has none.
                markEscaped();
            } catch (Throwable failure) {
                throw thrown(failCall(call, failure));
            }
            markDirty(property, call);
        }
        return call;
    }

    /**
     * Whether what {@code property} was when the connection was new cannot be read any more, because SQL text has changed
     * the session since. New connections will be asked early.
     */
    private boolean isHiddenByText(int property) {
        SessionResets resets = lending().resets();
        if (resets == null
                || resets.never()
                || !SessionResets.isDirty(dirty())
                || (property & SessionDefaults.OF_SERVER) == 0
                || physical().defaults().knows(property)) {
            return false;
        }
        resets.readEarly(property);
        return true;
    }

    /** {@code failure} after a look at it: what a driver's method may throw. */
    final SQLException thrown(Throwable failure) {
        if (failure instanceof SQLException) {
            failed((SQLException) failure);
        }
        return RestoredConnection.<RuntimeException>asIs(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> SQLException asIs(Throwable failure) throws T {
        throw (T) failure;
    }
}
