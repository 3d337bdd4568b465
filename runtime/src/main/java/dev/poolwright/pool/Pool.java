package dev.poolwright.pool;

import dev.poolwright.event.EngineStats;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.house.Ticked;
import dev.poolwright.time.Deadline;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands out slots that hold a resource and takes them back. Any thread may call anything.
 *
 * <p>A slot got from {@link #acquire}, {@link #tryAcquireIdle} or {@link #reserveBeyondCap} belongs to the caller until
 * it gives it to exactly one of {@link #release}, {@link #discard} and {@link #abandon}, once. Whoever passed a holder
 * to {@link Slot#lend} keeps it reachable until that call has returned.
 *
 * @param <R> the resource
 */
public interface Pool<R> extends Ticked, AutoCloseable {

    /** What {@link #longestIdleSince} says of a pool with nothing idle. */
    long NONE_IDLE = Long.MIN_VALUE;

    /** As {@link #acquire(Deadline, CapRule)}, waiting at the cap. */
    default Slot<R> acquire(Deadline deadline)
            throws CheckoutTimeoutException, EngineClosedException, InterruptedException {
        return acquire(deadline, CapRule.WAIT);
    }

    /**
     * Hands out a slot, waiting for one where that is allowed and promising. With a deadline the caller does not itself
     * ask an idle resource whether it is alive: one that hangs holds up the caller until then.
     *
     * @param deadline when to give up; one already past means "only if there is one now"
     * @param atTheCap what to do where there is neither a slot nor room
     * @return a slot with a resource, or one whose {@link Slot#resource()} is null: then the caller holds a place, opens
     *     a resource and calls {@link #fill}, or {@link #abandon} if it could not
     * @throws CheckoutTimeoutException none came free in time
     * @throws EngineClosedException    closed before or while waiting
     * @throws InterruptedException     a wait at the cap was interrupted; the pool is as it was. A pool that may still
     *     grow hands out a place instead, and the thread stays interrupted
     */
    Slot<R> acquire(Deadline deadline, CapRule atTheCap)
            throws CheckoutTimeoutException, EngineClosedException, InterruptedException;

    /**
     * Hands out an idle resource that needs no look at it first. Never blocks, reads no clock, takes no lock.
     *
     * @return a slot with a resource, or null: then {@link #acquire} knows more
     */
    @Nullable
    Slot<R> tryAcquireIdle();

    /** As {@link #checkOut(Deadline, CapRule)}, waiting at the cap. */
    default Slot<R> checkOut(Deadline deadline) throws Exception {
        return checkOut(deadline, CapRule.WAIT);
    }

    /**
     * As {@link #acquire(Deadline, CapRule)}, and opens where that hands out a place: on this thread by {@link
     * Lifecycle#open} if there is no deadline, on another by {@link Lifecycle#opening} if there is one. What is opened
     * after the deadline is somebody else's then.
     *
     * @return a slot with a resource
     * @throws Exception those of {@code acquire}, and the very one that the opening begun for this call failed with
     */
    Slot<R> checkOut(Deadline deadline, CapRule atTheCap) throws Exception;

    /**
     * As {@link #checkOut(Deadline)}, for a caller that must not block and has no thread to wait with: opening, and asking an
     * idle resource whether it is alive, happen on threads of the housekeeper's. Waits in one queue with all others.
     *
     * @param receiver is told of the outcome, perhaps before this returns
     */
    Pending checkOutLater(Deadline deadline, Receiver<R> receiver);

    /**
     * Hands out a place whatever the limits are: for a thread that already holds a resource of this pool and would wait
     * for itself. Counted as leased; closed at its return while the pool is above its limits, or is closed.
     */
    Slot<R> reserveBeyondCap();

    /** Puts what the caller opened into its place. */
    void fill(Slot<R> slot, R resource);

    /** Gives back a place whose caller could not open a resource. */
    void abandon(Slot<R> slot);

    /** Gives back a slot: its resource becomes idle, or somebody else's who waits, or is closed. */
    void release(Slot<R> slot);

    /**
     * As {@link #release}, if nobody has shared the lease ({@link Slot#share}) and there is nothing else to do than to make
     * the resource idle. One atomic step against sharing.
     *
     * @param lease a {@link Slot#word} of the caller's lease
     * @return false if not: the slot is still the caller's
     */
    boolean releaseUnshared(Slot<R> slot, int lease);

    /** Gives back a slot whose resource must not be used again: it is closed and then the place given back. */
    void discard(Slot<R> slot);

    /** On the calling thread, which may wait for the server: closes all idle resources now and the leased ones when they come back; the pool stays usable. */
    void dispose();

    /** As {@link #dispose}, but the caller waits for nothing: the idle ones are closed on a thread of the housekeeper's. */
    void disposeAside();

    /**
     * As {@link #dispose}, but the idle ones are not closed: the pool has them no more, and nothing of theirs is touched.
     * Leased ones are closed when they come back.
     */
    void disposeWithoutClosing();

    /**
     * Waits until what was given to be closed aside before is closed; where there is nothing, does not.
     *
     * @param patienceNanos how long the caller waits for servers at the most
     */
    void awaitClosed(long patienceNanos);

    /**
     * Takes out the idle resource that was not used for the longest time and has it closed on a thread of the
     * housekeeper's.
     *
     * @param patienceNanos how long the caller waits for that at the most
     * @return false if there is none
     */
    boolean dropIdle(long patienceNanos);

    /** Since when {@link #dropIdle}'s next was not used, by the ticker of all pools; {@link #NONE_IDLE} if there is none. */
    long longestIdleSince();

    /**
     * Says that a resource was found broken by the outside: all those opened before now are replaced when they are next
     * handed out or come back. Said of a resource that such a call has already condemned it changes nothing.
     */
    void invalidateElders(Slot<R> broken);

    /**
     * All that were opened before now are replaced when they are next handed out or come back; until then those that are
     * leased work, and idle ones stay open.
     */
    void invalidateAll();

    /**
     * From now on nobody is handed anything: who asks waits until {@link #resume}, his deadline or {@link #close}, also
     * where something is idle or there is room. What is leased stays so and comes back as always; who has asked before may
     * still be served. Twice is once.
     */
    void suspend();

    /** Ends what {@link #suspend} began; all who wait are served as they came. */
    void resume();

    /** Whether {@link #suspend} counts. */
    boolean isSuspended();

    /**
     * Changes the limits. Who waits sees the new ones at once; idle resources beyond them are closed on a thread of the
     * housekeeper's, leased ones when they come back.
     *
     * @throws UnsupportedOperationException this pool has none
     */
    void resize(int size, int overflow);

    /** The counts at this moment. */
    EngineStats stats();

    /**
     * Closes what was idle for too long and takes back what leaked. Called by the {@link Housekeeper} only, one thread
     * at a time.
     *
     * @return how many resources are to be watched on; 0 = none, and this pool asks to be watched again when one is
     */
    @Override
    long tick(long nowNanos);

    /** Shows all slots that are lent, for a report. */
    void forEachLeased(Consumer<Slot<R>> visitor);

    /** Closes the pool for ever: idle resources now, leased ones when they come back; who waits gives up. */
    @Override
    void close();

    /**
     * As {@link #close}, but the idle ones are closed on a thread of the housekeeper's: the caller is gone after {@code
     * patienceNanos}, whatever their server does.
     */
    void closeAside(long patienceNanos);
}
