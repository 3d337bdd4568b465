package dev.poolwright.pool.queue;

import dev.poolwright.pool.CapRule;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Errand;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Slots;
import dev.poolwright.pool.Waiter;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where a slot, or room for one more, passes from whoever gives it back to whoever waits for it. Lock-free but for the
 * adding of slots; any thread. The invariants are those of {@link QueuePool}.
 *
 * @param <R> the resource
 */
final class Exchange<R> {

    /** Returns closer together than this are awaited in a loop of yields first. */
    private static final long SHORT_INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(6);

    private static final int YIELDS = 100;

    private final QueuePool<R> pool;
    private final Slots<R> slots;
    private final Growth growth;
    private final Ticker ticker;
    private final Waiters<R> waiters = new Waiters<>();
    private final AtomicBoolean suspended = new AtomicBoolean();
    private volatile boolean closed;

    Exchange(QueuePool<R> pool, Slots<R> slots, Growth growth, Ticker ticker) {
        this.pool = pool;
        this.slots = slots;
        this.growth = growth;
        this.ticker = ticker;
    }

    boolean isClosed() {
        return closed;
    }

    /** Nobody waits any longer. */
    void close() {
        closed = true;
        waiters.signalAll();
    }

    boolean isAwaited() {
        return waiting() > 0;
    }

    int waiting() {
        return Math.max(0, waiters.count() - (suspended.get() ? 1 : 0));
    }

    boolean isSuspended() {
        return suspended.get();
    }

    /** From now on nobody gets anything; idle slots stay idle. */
    void suspend() {
        if (suspended.compareAndSet(false, true)) {
            // Counted before the look: the other order misses a slot returned in between, as in enlist() (S1).
            waiters.suspensionBegins();
            for (Slot<R> slot : slots.all()) {
                slot.idleToSuspended(slot.word());
            }
        }
    }

    /** And from now on again. */
    void resume() {
        if (suspended.compareAndSet(true, false)) {
            waiters.suspensionEnds();
            for (Slot<R> slot : slots.all()) {
                slot.suspendedToIdle();
            }
            waiters.signalAll();
        }
    }

    /** The limits were changed. */
    void signalAll() {
        waiters.signalAll();
    }

    /**
     * Finds a slot where none was idle at first sight: a new place, or what comes back in time.
     *
     * @param nowNanos when the caller came
     * @param atTheCap asked once if there is no room
     * @return a LEASED slot with or without a resource, or null if the deadline is past
     */
    @Nullable
    Slot<R> claim(Deadline deadline, long nowNanos, CapRule atTheCap)
            throws EngineClosedException, InterruptedException {
        if (closed) {
            throw new EngineClosedException();
        }
        int ended = slots.endedLeases();
        growth.sample(ended, nowNanos);
        int ahead = waiters.count();
        long patience = growth.prospect().patienceOnArrival(ahead, slots.lent(), ended, nowNanos);
        if (patience == 0 && !suspended.get() && growth.reserve()) {
            return slots.claimEmpty();
        }
        Slot<R> slot = mayGrow() ? null : claimYielding(nowNanos);
        return slot != null ? slot : await(deadline, nowNanos, nowNanos + patience, ahead + ended, atTheCap);
    }

    /** An idle slot, now the caller's; or null. */
    @Nullable
    Slot<R> claimIdle() {
        return unlessSuspended(slots.claimIdle());
    }

    /**
     * What was just claimed, or null if nobody is to get anything: a returner makes its slot idle before it sees that it
     * must not be, so that one that was claimed in between is put back (S1).
     */
    @Nullable
    Slot<R> unlessSuspended(@Nullable Slot<R> claimed) {
        if (claimed != null && suspended.get()) {
            putBack(claimed);
            return null;
        }
        return claimed;
    }

    /** What was claimed and is not taken after all is idle again; closed if a dispose() meanwhile found it taken (P7). */
    void putBack(Slot<R> claimed) {
        int opening = claimed.generation();
        pool.closeIfStale(claimed, publish(claimed, claimed.lease("back to IDLE")), opening);
    }

    private boolean mayGrow() {
        return !suspended.get() && growth.mayGrow();
    }

    /** As {@link #claim(Deadline, long, CapRule)}, waiting for ever. */
    Slot<R> claim(long nowNanos, CapRule atTheCap) throws EngineClosedException, InterruptedException {
        Slot<R> slot = claim(Deadline.never(), nowNanos, atTheCap);
        if (slot == null) {
            throw new IllegalStateException("a deadline that never comes is past");
        }
        return slot;
    }

    /** Where slots come back every few microseconds, parking costs more than what it waits for. */
    @SuppressWarnings("ThreadPriorityCheck") // measured: 32 threads on 8 slots come to 7 times the throughput
    private @Nullable Slot<R> claimYielding(long nowNanos) {
        if (growth.returnIntervalNanos(nowNanos) >= SHORT_INTERVAL_NANOS) {
            return null;
        }
        for (int i = 0; i < YIELDS && !waiters.isHeadStarving(ticker.nanos()); i++) {
            Thread.yield();
            Slot<R> slot = claimIdle();
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /**
     * Waits.
     *
     * @param patientUntil when to look whether to take a place where there is room
     * @param turn         the number of ended leases at which it is the caller's turn
     */
    private @Nullable Slot<R> await(Deadline deadline, long sinceNanos, long patientUntil, int turn, CapRule atTheCap)
            throws EngineClosedException, InterruptedException {
        Waiter<R> me = Waiter.unserved(sinceNanos);
        waiters.enlist(me);
        long openAtNanos = patientUntil;
        boolean mayExceed = true;
        boolean interrupted = false;
        boolean thrown = false;
        try {
            for (; ; ) {
                Slot<R> handed = me.handed();
                if (handed != null) {
                    return handed;
                }
                // After enlisting, and after taking a signal: the other order sleeps beside an idle slot (P4).
                Slot<R> found = claimIdle();
                if (found == null) {
                    interrupted |= Thread.interrupted();
                    boolean enough = interrupted || closed || deadline.isPast();
                    openAtNanos = enough ? openAtNanos : whenToOpen(openAtNanos, turn);
                    found = claimPlace(enough || ticker.nanos() - openAtNanos >= 0);
                    if (found == null && mayExceed && !closed && !suspended.get() && !growth.mayGrow()) {
                        mayExceed = false;
                        found = atTheCap.mayExceed() ? claimBeyondCap() : null;
                    }
                    if (found == null && !enough) {
                        pause(me, deadline, openAtNanos);
                        continue;
                    }
                }
                if (waiters.leave(me)) {
                    thrown = found == null;
                    return found != null ? found : gaveUp(interrupted);
                }
                // Handed one at the same moment: that one is kept, and what was found goes to the next.
                if (found != null) {
                    giveBack(found);
                }
            }
        } finally {
            if (interrupted && !thrown) {
                Thread.currentThread().interrupt();
            }
            passOn();
        }
    }

    /** For one who comes now and will not wait with a thread: when it is to take a place where there is room. */
    Patience patience(long nowNanos) {
        int ended = slots.endedLeases();
        growth.sample(ended, nowNanos);
        int ahead = waiters.count();
        long patience = growth.prospect().patienceOnArrival(ahead, slots.lent(), ended, nowNanos);
        return new Patience(nowNanos + patience, ahead + ended);
    }

    /** Until when one waits for returns before it takes a place; of whoever looks. */
    final class Patience {

        private final int turn;
        private long untilNanos;

        private Patience(long untilNanos, int turn) {
            this.untilNanos = untilNanos;
            this.turn = turn;
        }

        /** Nanoseconds that are left; 0 or less: a place may be taken. {@link Long#MAX_VALUE} = there is no room. */
        long leftNanos() {
            if (!mayGrow()) {
                return Long.MAX_VALUE;
            }
            untilNanos = whenToOpen(untilNanos, turn);
            return untilNanos - ticker.nanos();
        }
    }

    /** Not yet, if returns have come or are still expected. */
    private long whenToOpen(long openAtNanos, int turn) {
        long now = ticker.nanos();
        if (now - openAtNanos < 0 || !mayGrow()) {
            return openAtNanos;
        }
        int ended = slots.endedLeases();
        return now + growth.prospect().patience(Math.max(0, turn - ended), slots.lent(), ended, now);
    }

    private @Nullable Slot<R> claimPlace(boolean wanted) {
        return wanted ? claimPlace() : null;
    }

    /** An empty slot, now the caller's, if there is room for one more and who asks may have it; or null. */
    @Nullable
    Slot<R> claimPlace() {
        return !closed && !suspended.get() && growth.reserve() ? slots.claimEmpty() : null;
    }

    private Slot<R> claimBeyondCap() {
        growth.reserveBeyondCap();
        return slots.claimEmpty();
    }

    /** Null for "too late". */
    private @Nullable Slot<R> gaveUp(boolean interrupted) throws EngineClosedException, InterruptedException {
        if (interrupted) {
            throw new InterruptedException();
        }
        if (closed) {
            throw new EngineClosedException();
        }
        return null;
    }

    private void pause(Waiter<R> me, Deadline deadline, long openAtNanos) {
        if (me.takeSignal()) {
            return;
        }
        long nanos = deadline.remainingNanos();
        if (mayGrow()) {
            nanos = Math.min(nanos, Math.max(1, openAtNanos - ticker.nanos()));
        }
        me.park(nanos);
    }

    /**
     * Waits for what {@code errand} makes ready, or for what comes back before that.
     *
     * @param me      who waits, enlisted, and served by the errand
     * @param atHand  a slot that was idle when the caller had enlisted, or null
     * @return a slot, or null: the errand was in vain, or the deadline is past
     */
    @Nullable
    Slot<R> await(Errand<R> errand, Waiter<R> me, @Nullable Slot<R> atHand, Deadline deadline)
            throws EngineClosedException {
        Slot<R> found = atHand;
        boolean interrupted = false;
        try {
            for (; ; ) {
                boolean enough = closed || errand.isInVain() || deadline.isPast();
                if (found != null || enough || me.handed() != null) {
                    if (waiters.leave(me)) {
                        return leaveWith(found, errand);
                    }
                    // Handed one before: that one is kept, and what was found goes to the next.
                    if (found != null) {
                        giveBack(found);
                    }
                    return me.handed();
                }
                // Only after a signal, which is for whatever is idle then: one that has to be asked first is no better
                // than the one that the errand is about.
                if (me.takeSignal()) {
                    found = claimIdle();
                } else {
                    // As in the driver, an interrupt ends nothing; the deadline does.
                    interrupted |= Thread.interrupted();
                    errand.park(deadline);
                }
            }
        } finally {
            errand.hurry();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            passOn();
        }
    }

    private @Nullable Slot<R> leaveWith(@Nullable Slot<R> found, Errand<R> errand) throws EngineClosedException {
        if (found == null && closed && errand.failure() == null) {
            throw new EngineClosedException();
        }
        return found;
    }

    /** Ends a wait. False if the waiter was handed a slot before; then it has that one. */
    boolean leave(Waiter<R> waiter) {
        return waiters.leave(waiter);
    }

    void enlist(Waiter<R> waiter) {
        waiters.enlist(waiter);
    }

    /** Ends the wait of one that does not even begin. */
    void dismiss(Waiter<R> waiter) {
        Slot<R> handed = waiters.leave(waiter) ? null : waiter.handed();
        if (handed != null) {
            giveBack(handed);
        }
    }

    /** Gives a slot to the very one that an errand is for; false if that waits no more. */
    boolean handTo(Waiter<R> waiter, Slot<R> slot) {
        return !suspended.get() && waiters.handTo(waiter, slot);
    }

    /** Whoever leaves may have had the signal for more than it took. */
    void passOn() {
        if (!waiters.any()) {
            return;
        }
        if (slots.idle() > 0) {
            waiters.signal();
        } else if (growth.hasCap() && mayGrow()) {
            waiters.signalRoom();
        }
    }

    /** A slot of the caller's, with a resource or empty, goes to whoever needs it. */
    void giveBack(Slot<R> found) {
        int lease = found.lease("back");
        int opening = found.generation();
        if (found.resource() != null) {
            pool.closeIfStale(found, give(found, lease), opening); // as in putBack()
        } else if (found.leasedToRetiring(lease)) {
            givePlaceBack(found);
        }
    }

    /**
     * Ends the caller's lease: the slot goes to the oldest waiter if that one is starving, else to whoever is first.
     *
     * @return the word of the slot if it became idle, else a word that is not of an idle slot
     */
    int give(Slot<R> slot, int lease) {
        if (!waiters.any() || suspended.get()) {
            return publish(slot, lease);
        }
        if (!slot.leasedToNextLease(lease) || waiters.handOver(slot, ticker.nanos())) {
            return Slot.NOT_IDLE;
        }
        return publish(slot, slot.lease("from LEASED to IDLE"));
    }

    /** Ends the caller's lease: the slot is idle. Returns as {@link #give} does. */
    int publish(Slot<R> slot, int lease) {
        return slot.leasedToIdle(lease) ? published(slot, lease) : Slot.NOT_IDLE;
    }

    /** The same, if nobody has shared the lease. */
    int publishUnshared(Slot<R> slot, int lease) {
        return slot.unsharedToIdle(lease) ? published(slot, lease) : Slot.NOT_IDLE;
    }

    private int published(Slot<R> slot, int lease) {
        int idle = Slot.idleAfter(lease);
        // After the slot is IDLE: the other order loses a waiter that came in between (P4).
        if (!waiters.any()) {
            return idle;
        }
        if (suspended.get() && slot.idleToSuspended(idle)) {
            // And after it is SUSPENDED: the other order loses a resume() that came in between (S1).
            if (suspended.get() || !slot.suspendedToIdle()) {
                return Slot.suspendedAfter(idle);
            }
        }
        waiters.signal();
        return idle;
    }

    /** An empty slot in RETIRING goes to the oldest waiter if that one is starving, else there is room for one more. */
    void givePlaceBack(Slot<R> slot) {
        if (waiters.any() && !suspended.get() && !growth.isAboveCap()) {
            slot.retiringToLeased();
            if (waiters.handOverPlace(slot, ticker.nanos())) {
                return;
            }
            slot.leasedToRetiring(slot.lease("back to RETIRING"));
        }
        slot.retiringToEmpty();
        growth.giveBack();
        // After the place is given back, as in publish() (P5).
        if (waiters.any()) {
            waiters.signalRoom();
        }
    }
}
