package dev.poolwright.event;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens in engines and sessions: the seam for telemetry, logs and tests.
 *
 * <p>Called on the thread in which it happened, after the driver has returned and with no lock of ours held; any number
 * of threads at once. A listener must not block and must not throw: what it throws is counted and dropped by the
 * caller. Times are {@link dev.poolwright.time.Ticker#SYSTEM} nanoseconds. Where no listener is set, none of this costs
 * more than a null check.
 */
public interface EngineListener {

    /**
     * An engine is about to serve its first connection.
     *
     * @param stats its counts; any thread may ask at any time, also after the engine closed
     */
    default void engineOpened(EngineInfo engine, Supplier<EngineStats> stats) {}

    /**
     * Connections that another pool keeps are observed: their transactions, batches and leaks are told from now on, and
     * how long they take to get; what is idle or waits there is that pool's own knowledge. Ends with {@link #engineClosed}.
     *
     * @param engine where those connections lead to
     */
    default void observed(EngineInfo engine) {}

    /** An engine was closed, or dropped because it had had no connection for a while. */
    default void engineClosed(EngineInfo engine) {}

    /**
     * A physical connection was opened, or could not be.
     *
     * @param nanos   how long that took
     * @param failure what the driver threw, or null
     */
    default void connectionOpened(EngineInfo engine, long nanos, @Nullable Throwable failure) {}

    /**
     * A connection is being lent whose line is remembered.
     *
     * @return what the calling thread is part of, a trace for one, to be given back by {@link Leak#context}; its text is the
     *     trace's number; null = nothing
     */
    default @Nullable Object acquiring() {
        return null;
    }

    /**
     * A connection was lent.
     *
     * @param waitedNanos from the call to the connection in hand, opening included
     */
    default void checkedOut(EngineInfo engine, long waitedNanos) {}

    /**
     * A connection came back.
     *
     * @param heldNanos how long it was lent
     */
    default void checkedIn(EngineInfo engine, long heldNanos) {}

    /**
     * A connection came back whose session SQL text may have changed.
     *
     * @param reset what was done about it, why, and what it cost
     */
    default void sessionReset(EngineInfo engine, SessionReset reset) {}

    /**
     * A thread that has a connection asked for another at the cap. Each time; the engine's owner logs each pair of lines
     * once.
     */
    default void nestedAtTheCap(NestedCheckout nested) {}

    /** A call gave up because no connection came free in time. */
    default void checkoutTimedOut(EngineInfo engine, long waitedNanos) {}

    /**
     * A transaction, or a part of one, ended; called for no-op commits of an empty transaction as well.
     *
     * @param failure what the driver threw, or null
     */
    default void transactionEnded(
            EngineInfo engine, TransactionEnd how, long startNanos, long endNanos, @Nullable Throwable failure) {}

    /**
     * {@code executeBatch} or {@code executeLargeBatch} returned.
     *
     * @param size    how many entries the batch had; -1 = that is not known
     * @param failure what the driver threw, or null
     */
    default void batchExecuted(
            EngineInfo engine, int size, long startNanos, long endNanos, @Nullable Throwable failure) {}

    /**
     * A session begins a flush that has something to do; what the database does for it happens before
     * {@link #flushEnded}.
     *
     * @return anything, handed to {@link #flushEnded} on the same thread
     */
    default @Nullable Object flushStarted(Flush flush) {
        return null;
    }

    /**
     * A flush ended.
     *
     * @param started what {@link #flushStarted} returned
     * @param failure what the session threw, or null
     */
    default void flushEnded(Flush flush, @Nullable Object started, @Nullable Throwable failure) {}

    /** A session was opened. */
    default void sessionOpened(SessionInfo session) {}

    /** A session was closed, by the application or because it was leaked. */
    default void sessionClosed(SessionInfo session) {}

    /**
     * A session was opened, committed, rolled back or closed, in the words of its library: what that did to the database
     * is told as {@link #transactionEnded}. Of one that shares its parent's connection, its commits and rollbacks only.
     *
     * @param failure what the session threw, or null; never for {@link SessionStep#OPEN}
     */
    default void sessionStepped(
            SessionInfo session, SessionStep step, long startNanos, long endNanos, @Nullable Throwable failure) {}

    /** A connection was closed with uncommitted changes. Each time; the engine's owner logs the 1st, 10th .. of a line. */
    default void closedUncommitted(UncommittedClose close) {}

    /** Something was never closed. Also written to the log by the engine's owner; this is for telemetry. */
    default void leaked(Leak leak) {}
}
