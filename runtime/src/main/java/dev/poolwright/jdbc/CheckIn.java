package dev.poolwright.jdbc;

import dev.poolwright.dialect.CloseInTransaction;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.event.EngineListener;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import dev.poolwright.sql.Verdict;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a borrow: children closed, the transaction ended as this driver's {@code close()} would end it, session
 * properties brought back, and the connection lent again, or closed where any of that cannot be done.
 */
final class CheckIn {

    private CheckIn() {}

    /**
     * Ends the borrow of {@code handle}, which is closed.
     *
     * @param quiet whether no call is in flight; otherwise the connection is closed and never lent again
     * @throws SQLException what the driver's own close threw, where each close is the driver's own
     */
    static void finish(ConnectionHandle handle, boolean quiet) throws SQLException {
        Lending lending = handle.lending();
        tellCheckedIn(handle, lending);
        if (handle.isEscaped()) {
            HandedOut.forget(handle.physical());
        }
        Slot<PhysicalConnection> slot = handle.slot();
        Pool<PhysicalConnection> pool = lending.pool();
        PhysicalConnection physical = handle.physical();
        if (quiet && (!lending.reuse() || handle.isEscaped())) {
            Uncommitted.look(handle);
        }
        if (!lending.reuse()) {
            try {
                SessionReturn.observe(handle);
                tellListeners(lending, null);
                physical.raw().close();
            } finally {
                pool.discard(slot);
            }
            return;
        }
        if (quiet && !handle.isEscaped() && isClean(handle, physical)) {
            pool.release(slot);
            return;
        }
        if (quiet && handle.isEscaped() && lending.dialect().closeInTransaction() == CloseInTransaction.COMMIT) {
            commitAsTheDriverDoes(physical);
        }
        tellListeners(lending, null);
        pool.discard(slot);
    }

    private static void tellListeners(Lending lending, @Nullable Connection returned) {
        ConnectionListeners listeners = lending.connectionListeners();
        if (listeners != null) {
            listeners.checkedIn(returned);
        }
    }

    /** What is discarded is rolled back; but this close is the application's, whose driver commits. */
    private static void commitAsTheDriverDoes(PhysicalConnection physical) {
        physical.returnBegins();
        try {
            Connection raw = physical.raw();
            if (!physical.isBroken() && !raw.isClosed() && !raw.getAutoCommit()) {
                raw.commit();
            }
        } catch (SQLException | RuntimeException | LinkageError refused) {
            // As the driver's close would have been: what is open is lost, and close() says nothing.
        } finally {
            physical.returnEnds();
        }
    }

    /**
     * Gives back a connection that nothing is to be cleaned of, if nobody listens and no other thread was at it.
     *
     * @param lease the word of the slot during the borrow
     * @return false if the borrow is to be ended by {@link #finish}
     */
    static boolean finishedAtOnce(PhysicalConnection physical, int lease) {
        Lending lending = physical.lending();
        return lending.listener() == null
                && lending.leavesUntouched()
                && !physical.isBroken()
                && isOpen(physical.raw())
                && lending.pool().releaseUnshared(physical.slot(), lease);
    }

    private static boolean isOpen(Connection raw) {
        try {
            return !raw.isClosed();
        } catch (SQLException | RuntimeException | LinkageError untold) {
            return false; // asked once more, and then it matters
        }
    }

    /** Ends the borrow of {@code handle}, which was closed in its holder's place: its connection is closed, committing nothing. */
    static void reclaim(ConnectionHandle handle) {
        try {
            tellCheckedIn(handle, handle.lending());
            HandedOut.forget(handle.physical());
            tellListeners(handle.lending(), null);
        } finally {
            handle.lending().pool().discard(handle.slot());
            handle.stayReachable();
        }
    }

    /** Ends the borrow of {@code handle}, if it has not ended, in that its connection is closed now, committing nothing. */
    static void invalidate(ConnectionHandle handle, @Nullable Throwable why) {
        if (handle.beginClose() != CallGuard.Closing.ALREADY_CLOSED) {
            try {
                ConnectionListeners listeners = handle.lending().connectionListeners();
                if (listeners != null) {
                    listeners.invalidated(handle.physical().raw(), why);
                }
            } finally {
                reclaim(handle);
            }
        }
    }

    /** Ends the borrow of {@code handle} in that its connection leaves the engine: the driver's object, left open. */
    static Connection detach(ConnectionHandle handle) throws SQLException {
        if (handle.beginClose() == CallGuard.Closing.ALREADY_CLOSED) {
            throw handle.closedException();
        }
        Lending lending = handle.lending();
        PhysicalConnection physical = handle.physical();
        try {
            tellCheckedIn(handle, lending);
            HandedOut.forget(physical);
            for (ChildHandle child : handle.openChildren()) {
                child.closeRaw();
            }
        } finally {
            physical.leaveToApplication();
            lending.pool().discard(handle.slot());
            handle.stayReachable();
        }
        ConnectionListeners listeners = lending.connectionListeners();
        if (listeners != null) {
            listeners.detached(physical.raw());
        }
        return physical.raw();
    }

    /** Makes the connection look new again; false if it cannot be. */
    private static boolean isClean(ConnectionHandle handle, PhysicalConnection physical) {
        Connection raw = physical.raw();
        try {
            if (physical.isBroken() || raw.isClosed()) {
                return false;
            }
            List<ChildHandle> children = handle.openChildren();
            boolean isNew = true;
            if (handle.lending().isAlwaysCleaned()
                    || !children.isEmpty()
                    || handle.mayHaveForgottenChildren()
                    || handle.mayHaveTransaction()
                    || handle.dirty() != 0) {
                physical.returnBegins();
                try {
                    isNew = clean(handle, physical, children);
                } finally {
                    physical.returnEnds();
                }
                if (isNew && !physical.isBroken()) {
                    tellListeners(handle.lending(), raw);
                }
            }
            return isNew && !physical.isBroken();
        } catch (SQLException failure) {
            handle.failedInReturn(failure);
            return false;
        } catch (Throwable accident) {
            handle.lending().accident(accident);
            return false;
        }
    }

    private static boolean clean(ConnectionHandle handle, PhysicalConnection physical, List<ChildHandle> children)
            throws SQLException {
        handle.closeChildren(children);
        ConnectionListeners listeners = handle.lending().connectionListeners();
        if (listeners != null && !listeners.reset(physical.raw())) {
            return false;
        }
        boolean open = handle.mayHaveTransaction() || listeners != null; // which may have begun one
        if (open) {
            endTransaction(handle, physical.raw());
            physical.ran(Verdict.Work.ENDS);
        }
        if (!SessionReturn.isNew(handle, physical)) {
            return false;
        }
        if (handle.dirty() != 0 || open || handle.lending().isAlwaysCleaned()) {
            restore(physical, physical.raw(), handle.dirty(), handle.lending().dialect());
        }
        return true;
    }

    private static void endTransaction(ConnectionHandle handle, Connection raw) throws SQLException {
        if (!raw.getAutoCommit()) {
            Uncommitted.found(handle);
            if (handle.lending().dialect().closeInTransaction() == CloseInTransaction.COMMIT) {
                raw.commit();
            } else {
                raw.rollback();
            }
        } else if (handle.lending().dialect().isTransactionOpen(raw)) {
            Uncommitted.found(handle);
            handle.lending().dialect().rollbackBySql(raw);
        }
    }

    private static void restore(PhysicalConnection physical, Connection raw, int dirty, Dialect dialect)
            throws SQLException {
        // Only now, after the transaction: setAutoCommit(true) in a live one commits it. Asked, because SQL text can
        // have changed it as well.
        if (raw.getAutoCommit() != physical.autoCommitWhenNew()) {
            raw.setAutoCommit(physical.autoCommitWhenNew());
        }
        physical.defaults().restore(dirty, raw, dialect);
        if (!physical.autoCommitWhenNew()) {
            raw.rollback(); // bringing properties back may have begun a transaction
        }
        raw.clearWarnings();
    }

    private static void tellCheckedIn(ConnectionHandle handle, Lending lending) {
        EngineListener listener = lending.listener();
        if (listener != null && handle.physical().lentNanos() != 0) {
            try {
                listener.checkedIn(
                        lending.engine(),
                        Ticker.SYSTEM.nanos() - handle.physical().lentNanos());
            } catch (Throwable accident) {
                lending.accident(accident);
            }
        }
    }
}
