package dev.poolwright.session;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionStep;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The scope of one or more transactions, one after the other, each on one connection: taken with the first SQL, given back at
 * commit, rollback or close. Changes are queued, and sent in batches by a flush: when asked for, before
 * {@link #connection} and at {@link #commit}.
 *
 * <p>For one thread at a time: who comes while another is in here gets an {@link IllegalStateException} that names both
 * (PW-403), and nothing has happened. {@link #close} alone may come at any time: nobody is let in any more, and whoever is in
 * here ends it when leaving. Between calls a session may go from thread to thread, safely handed over.
 *
 * <p>After a failed flush its transaction is rolled back, and all but {@link #rollback} and {@link #close} is refused (PW-402,
 * SQLState 25000). What is closed is refused too (PW-404, SQLState 08003).
 */
public final class Session implements AutoCloseable {

    private static final AtomicReferenceFieldUpdater<Session, @Nullable Thread> USER =
            AtomicReferenceFieldUpdater.newUpdater(Session.class, Thread.class, "user");

    private final DataSource source;
    private final int batchSize;
    private final Told told;

    /** Who is in a call; also hands everything below from one user to the next. */
    @SuppressWarnings("unused") // by USER
    private volatile @Nullable Thread user;

    private final List<Change> queue = new ArrayList<>();
    private @Nullable Connection connection;
    private boolean autoCommit; // of the connection as it came
    private @Nullable SQLException failure;
    private volatile boolean closed;
    private boolean ended; // what closed promises is done

    Session(DataSource source, int batchSize, Told told) {
        this.source = source;
        this.batchSize = batchSize;
        this.told = told;
        told.opened();
    }

    /**
     * Queues a change.
     *
     * @return this
     * @throws IllegalStateException if the change is not complete: nothing is queued; or as the class says
     * @throws SQLException          as the class says
     */
    public Session add(Change change) throws SQLException {
        enter("add");
        try {
            requireReady();
            change.sql(); // refused here rather than among others
            queue.add(change);
            return this;
        } finally {
            leave();
        }
    }

    /**
     * Queues a change in the database's own words; those with the same text go in one batch.
     *
     * @param sql        no query
     * @param parameters one for each question mark, as {@code setObject} takes it; null = NULL
     * @return this
     * @throws SQLException as the class says
     */
    public Session add(String sql, @Nullable Object... parameters) throws SQLException {
        return add(Change.text(sql, parameters));
    }

    /**
     * Sends what is queued, in the order in which it was added, in a transaction that begins with it if there is none. Nothing
     * where nothing is queued.
     *
     * @throws FlushException if a change could not be sent (PW-401): the transaction is rolled back
     * @throws SQLException   if there is no connection to be had: everything stays queued; or as the class says
     */
    public FlushResult flush() throws SQLException {
        enter("flush");
        try {
            requireReady();
            return flush(Flush.Trigger.EXPLICIT);
        } finally {
            leave();
        }
    }

    /**
     * The connection of the transaction, for queries and all else; what is queued is flushed before. The caller's until the next
     * call of the session that ends the transaction; not to be committed, rolled back or closed.
     *
     * @throws SQLException as {@link #flush}
     */
    public Connection connection() throws SQLException {
        enter("connection");
        try {
            requireReady();
            flush(Flush.Trigger.AUTO);
            return begin();
        } finally {
            leave();
        }
    }

    /**
     * Flushes, commits and gives the connection back. Nothing where nothing was done since the last time.
     *
     * @throws SQLException as {@link #flush}; or of the commit: the session is then as after {@link #rollback}, and the transaction
     *     rolled back where the database could be asked; where the connection broke, nobody knows whether it was committed
     */
    public void commit() throws SQLException {
        enter("commit");
        try {
            requireReady();
            long start = told.now();
            Throwable failed = null;
            try {
                flush(Flush.Trigger.COMMIT);
                end(true);
            } catch (SQLException | RuntimeException | Error thrown) {
                failed = thrown;
                throw thrown;
            } finally {
                told.stepped(SessionStep.COMMIT, start, failed);
            }
        } finally {
            leave();
        }
    }

    /**
     * Forgets what is queued, rolls back, gives the connection back; after a failed flush the session works again.
     *
     * @throws SQLException of the rollback; the session is at its beginning all the same; or as the class says
     */
    public void rollback() throws SQLException {
        enter("rollback");
        try {
            requireOpen();
            queue.clear();
            failure = null;
            long start = told.now();
            Throwable failed = null;
            try {
                end(false);
            } catch (SQLException | RuntimeException | Error thrown) {
                failed = thrown;
                throw thrown;
            } finally {
                told.stepped(SessionStep.ROLLBACK, start, failed);
            }
        } finally {
            leave();
        }
    }

    /**
     * Ends the session; what was not committed is rolled back, what was queued is forgotten. Again: nothing. While another thread is
     * in a call, that ends first, and the session with it.
     *
     * @throws SQLException of the rollback; it is closed all the same
     */
    @Override
    public void close() throws SQLException {
        closed = true;
        if (USER.compareAndSet(this, null, Thread.currentThread())) {
            try {
                endForGood();
            } finally {
                user = null;
            }
        }
    }

    /** By the user, once closed. */
    private void endForGood() throws SQLException {
        if (ended) {
            return;
        }
        ended = true;
        queue.clear();
        long start = told.now();
        Throwable failed = null;
        try {
            end(false);
        } catch (Throwable thrown) {
            failed = thrown;
            throw thrown;
        } finally {
            told.closed(start, failed);
        }
    }

    /** Whether it was not closed yet; any thread may ask. */
    public boolean isOpen() {
        return !closed;
    }

    /** Whether it has a connection, and with that a transaction. */
    public boolean isInTransaction() {
        enter("isInTransaction");
        try {
            return connection != null;
        } finally {
            leave();
        }
    }

    /** How many changes are queued. */
    public int pending() {
        enter("pending");
        try {
            return queue.size();
        } finally {
            leave();
        }
    }

    // -- inside

    private void enter(String what) {
        Thread me = Thread.currentThread();
        if (USER.compareAndSet(this, null, me)) {
            return;
        }
        Thread other = user;
        throw new IllegalStateException(
                other == me
                        ? "thread " + me.getName() + " called " + what
                                + " from within a call of the same session, by a listener [PW-403]"
                        : "thread " + me.getName() + " called " + what + " while thread "
                                + (other == null ? "another" : other.getName())
                                + " was using the session: a session is for one at a time, see ScopedSession [PW-403]");
    }

    /** Who closes sets {@code closed} and then looks for a user; who leaves does it the other way: one of them ends it. */
    private void leave() {
        user = null;
        if (closed && USER.compareAndSet(this, null, Thread.currentThread())) {
            try {
                endForGood();
            } catch (SQLException | RuntimeException unheard) {
                told.accident(); // whoever closed has gone on
            } finally {
                user = null;
            }
        }
    }

    private void requireOpen() throws SQLException {
        if (closed) {
            throw new SQLException("the session is closed [PW-404]", "08003");
        }
    }

    private void requireReady() throws SQLException {
        requireOpen();
        SQLException first = failure;
        if (first != null) {
            throw new SQLException(
                    "a flush has failed and its transaction is rolled back: call rollback() and begin anew. It was: "
                            + first.getMessage() + " [PW-402]",
                    "25000",
                    first);
        }
    }

    private Connection begin() throws SQLException {
        Connection known = connection;
        if (known != null) {
            return known;
        }
        Connection fresh = source.getConnection();
        try {
            autoCommit = fresh.getAutoCommit();
            if (autoCommit) {
                fresh.setAutoCommit(false);
            }
        } catch (SQLException | RuntimeException | Error unfit) {
            discardAfter(unfit, fresh);
            throw unfit;
        }
        connection = fresh;
        return fresh;
    }

    private FlushResult flush(Flush.Trigger trigger) throws SQLException {
        if (queue.isEmpty()) {
            return FlushResult.NOTHING;
        }
        Connection mine = begin();
        Batches batches = new Batches(queue, batchSize);
        Flush flush = batches.flush(trigger);
        Object started = told.flushStarted(flush);
        Throwable failed = null;
        try {
            FlushResult result = batches.send(mine);
            queue.clear();
            return result;
        } catch (SQLException | RuntimeException | Error thrown) {
            failed = thrown;
            fail(thrown);
            throw thrown;
        } finally {
            told.flushEnded(flush, started, failed);
        }
    }

    /** The transaction is over, and nobody may take what is left for a whole. */
    private void fail(Throwable thrown) {
        queue.clear();
        failure = thrown instanceof SQLException ? (SQLException) thrown : new SQLException(thrown);
        try {
            end(false);
        } catch (Throwable alsoFailed) {
            thrown.addSuppressed(alsoFailed);
        }
    }

    /** Ends the transaction, if there is one, and lets go of the connection in any case. */
    private void end(boolean commits) throws SQLException {
        Connection mine = connection;
        if (mine == null) {
            return;
        }
        connection = null;
        try {
            if (commits) {
                mine.commit();
            } else {
                mine.rollback();
            }
        } catch (Throwable failed) {
            if (commits && isRolledBackAfter(failed, mine)) {
                giveBack(mine);
            } else {
                discardAfter(failed, mine);
            }
            throw failed;
        }
        giveBack(mine);
    }

    /** What is committed stays so, whatever happens now: it must not look as if it had failed. */
    private void giveBack(Connection mine) {
        try {
            if (autoCommit) {
                mine.setAutoCommit(true); // who lends it may not bring that back itself
            }
        } catch (SQLException | RuntimeException unheard) {
            told.accident();
        }
        try {
            mine.close();
        } catch (SQLException | RuntimeException unheard) {
            told.accident();
        }
    }

    private static boolean isRolledBackAfter(Throwable failure, Connection mine) {
        try {
            mine.rollback();
            return true;
        } catch (Throwable alsoFailed) {
            failure.addSuppressed(alsoFailed);
            return false;
        }
    }

    /** A transaction that could not be ended: the driver's close might commit it, so the connection goes for good. */
    private static void discardAfter(Throwable failure, Connection mine) {
        try {
            mine.abort(Runnable::run);
        } catch (Throwable alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
        try {
            mine.close();
        } catch (Throwable alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
