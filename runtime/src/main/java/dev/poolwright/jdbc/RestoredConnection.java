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

    /** A text is about to be given to the driver, inside {@code call}. */
    final void gives(@Nullable Verdict text, int call) {
        if (text != null && text.bits() != 0) {
            SessionResets resets = lending().resets();
            if (resets != null) {
                leaves(text, resets, call);
            }
        }
    }

    private void leaves(Verdict verdict, SessionResets resets, int call) {
        int bits = (verdict.bits() & Verdict.LEFT) << SessionResets.SHIFT;
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
        boolean first = resets.keysAreRead();
        if (resets.never()) {
            return; // and yet counted from now on
        }
        if (first) {
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

    /**
     * What the statement before did is asked for. If this borrow has run none, that is what a new session says: nothing, and
     * not what somebody else's statement did.
     */
    final void readsLast() {
        SessionResets resets = lending().resets();
        if (resets == null || resets.never() || hasWorked()) {
            return;
        }
        int call = tryBeginCall();
        if (call == REFUSED) {
            return;
        }
        try {
            if (lending().dialect().forgetLast(raw())) {
                touch(call);
            }
        } catch (SQLException refused) {
            markEscaped(); // and the statement itself will say what is wrong
        } finally {
            endCall(call);
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
        refuseIfTakenAway();
        if (isGone() || closedOne() != null) {
            return AFTER_CLOSE;
        }
        throw closedException();
    }

    /** A connection of the same kind that is closed, or null. */
    private @Nullable Connection closedOne() {
        ClosedConnection closed = lending().closedConnection();
        return closed != null && closed.raw().getClass() == raw().getClass() ? closed.raw() : null;
    }

    /**
     * A call to a child came after the close: {@link #AFTER_CLOSE} if the driver's connection is closed as well.
     *
     * @throws SQLException it is not; what the driver says of a closed connection
     */
    final int beginRefusedCall() throws SQLException {
        refuseIfTakenAway();
        if (isGone()) {
            return AFTER_CLOSE;
        }
        throw closedException();
    }

    /** A holder who lost it without closing it is told so, and not that it closed it. */
    final void refuseIfTakenAway() throws SQLException {
        Baggage known = baggage;
        TakenAway why = known == null ? null : known.takenAway();
        if (why != null) {
            throw why.exception(lending());
        }
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
    final SQLException closedException() throws SQLException {
        refuseIfTakenAway();
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
            physical().markBroken(failure);
        }
    }

    @Override
    public final void setReadOnly(boolean readOnly) throws SQLException {
        int call = beginChange(SessionDefaults.READ_ONLY);
        try {
            driver(call).setReadOnly(readOnly);
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
            driver(call).setTransactionIsolation(level);
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
            driver(call).setCatalog(catalog);
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
            driver(call).setSchema(schema);
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
            driver(call).setHoldability(holdability);
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
            return driver(call).getTypeMap();
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
            driver(call).setTypeMap(map);
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
            driver(call).setNetworkTimeout(executor, milliseconds);
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
            forgetClientInfo(call);
        } finally {
            endCall(call);
        }
    }

    @Override
    public final void setClientInfo(Properties properties) throws SQLClientInfoException {
        int call = beginClientInfo();
        try {
            driver(call).setClientInfo(properties);
            forgetClientInfo(call);
        } finally {
            endCall(call);
        }
    }

    /** A driver has taken it although its connection is closed: the next closed handle has not set it. */
    private void forgetClientInfo(int call) {
        Connection closed = call == AFTER_CLOSE ? closedOne() : null;
        if (closed != null) {
            try {
                Properties kept = closed.getClientInfo();
                kept.clear(); // the driver's own, or a copy of something that is set nowhere
            } catch (SQLException | RuntimeException refused) {
                // Then nobody is told.
            }
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

    /** The driver's connection, or for a call after the close one that is closed, if there is any. */
    final Connection driver(int call) {
        Connection closed = call == AFTER_CLOSE ? closedOne() : null;
        return closed == null || isGone() ? raw() : closed;
    }

    /** A statement's timeout is about to be set inside {@code call}; with some databases it is one of the session. */
    final void changeQueryTimeout(int call) {
        if (lending().dialect().isQueryTimeoutOfSession()) {
            touch(call);
            change(SessionDefaults.QUERY_TIMEOUT, call);
        }
    }

    /** With those of the connect, until they are cleared: each borrower of a new connection would have seen them. */
    @Override
    public final @Nullable SQLWarning getWarnings() throws SQLException {
        int call = beginCall();
        try {
            SQLWarning now = driver(call).getWarnings();
            Baggage known = baggage;
            return call == AFTER_CLOSE || (known != null && known.areWarningsCleared())
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
            driver(call).clearWarnings();
            baggageMade().warningsCleared();
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    /** What {@code property} is, for one that was just lent: as when it was new, which the driver is asked once. */
    final @Nullable Object presently(int property) throws SQLException {
        SessionDefaults defaults = physical().defaults();
        boolean asWhenNew = (dirty() & property) == 0;
        if (asWhenNew && defaults.knows(property)) {
            return defaults.value(property);
        }
        int call = beginWork();
        try {
            if (!asWhenNew) {
                return SessionDefaults.read(property, driver(call));
            }
            defaults.remember(property, driver(call));
            if (!physical().autoCommitWhenNew()) {
                driver(call)
                        .rollback(); // what reads it may be the first statement of a transaction, in which nothing can
                // be set
            }
            return defaults.value(property);
        } catch (Throwable failure) {
            throw thrown(failure);
        } finally {
            endCall(call);
        }
    }

    private int beginChange(int property) throws SQLException {
        int call = beginWork();
        try {
            change(property, call);
        } catch (Throwable failure) {
            throw thrown(failCall(call, failure));
        }
        return call;
    }

    /** {@code property} is about to be changed inside {@code call}: what it was is remembered. */
    private void change(int property, int call) {
        // What is never lent again is never brought back, and to read it would be a question to the server.
        if (call != AFTER_CLOSE && lending().reuse() && (dirty() & property) == 0) {
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
            }
            markDirty(property, call);
        }
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
