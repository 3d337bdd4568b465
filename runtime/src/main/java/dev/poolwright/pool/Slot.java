package dev.poolwright.pool;

import dev.poolwright.leak.Origin;
import dev.poolwright.leak.Reclaimable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A place in a pool: holds at most one open resource.
 *
 * <p>The transition methods may be called by any thread and say both ends; everything else belongs to the thread that
 * won the transition out of EMPTY or IDLE. All they write is published by the transition that ends the ownership.
 *
 * @param <R> the resource
 */
public final class Slot<R> extends Reclaimable {

    /** To whom a slot belongs: is told when a lease of it became unreachable. */
    public interface Owner<R> {

        /** The slot was taken back from its lease and belongs to the caller, in state RETIRING. */
        void reclaim(Slot<R> slot, @Nullable Origin origin, long heldNanos);
    }

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<Slot> WORD =
            AtomicIntegerFieldUpdater.newUpdater(Slot.class, "word");

    private static final int EMPTY = 0;
    private static final int IDLE = 1;
    private static final int LEASED = 2;
    private static final int RETIRING = 3;
    private static final int REMOVED = 4;
    private static final int SUSPENDED = 5;
    private static final int STATE = 7;
    /** Set in the word of a lease that others than the borrowing thread take part in. */
    private static final int SHARED = 8;
    /** Added to the word whenever a lease ends, so that no two leases of a slot have the same word. */
    private static final int NEXT_LEASE = 16;

    /** A word that {@link #idleToRetiring(int)} refuses. */
    public static final int NOT_IDLE = EMPTY;

    private static final String[] NAMES = {"EMPTY", "IDLE", "LEASED", "RETIRING", "REMOVED", "SUSPENDED"};

    private final Owner<R> owner;

    /** State in the low three bits, {@link #SHARED}, number of ended leases above. */
    private volatile int word;

    private int generation;

    private @Nullable R resource;
    private long openedNanos;
    private long maxAgeNanos = PoolSettings.NEVER;

    private long sinceNanos;

    private Slot(Owner<R> owner, int state) {
        this.owner = owner;
        this.word = state;
    }

    /** A slot with nothing in it, for anybody. */
    public static <R> Slot<R> empty(Owner<R> owner) {
        return new Slot<>(owner, EMPTY);
    }

    /** A slot with nothing in it, for the caller. */
    public static <R> Slot<R> leased(Owner<R> owner) {
        return new Slot<>(owner, LEASED);
    }

    /** The resource, or null: the caller holds a place and opens one. */
    public @Nullable R resource() {
        return resource;
    }

    /** When the resource was opened, in the nanoseconds of the pool's ticker. */
    public long openedNanos() {
        return openedNanos;
    }

    /** The pool's generation when its opening began; a different one now means: to be replaced. */
    public int generation() {
        return generation;
    }

    /** When it came back, by the coarse clock; while the resource is being opened: when that began. */
    public long sinceNanos() {
        return sinceNanos;
    }

    /** Notes when and in which generation an opening begins. */
    public void openingBegins(int ofGeneration, long nowNanos) {
        generation = ofGeneration;
        sinceNanos = nowNanos;
    }

    /** Notes when it comes back. */
    public void cameBack(long nowNanos) {
        sinceNanos = nowNanos;
    }

    @Override
    public String toString() {
        return "slot " + stateName() + (resource == null ? "" : " " + resource);
    }

    /** Puts in what was opened. */
    public void fill(R opened, long nowNanos, long ageLimitNanos) {
        resource = opened;
        openedNanos = nowNanos;
        maxAgeNanos = ageLimitNanos;
        sinceNanos = nowNanos;
    }

    /** Takes the resource out, to be closed. */
    public @Nullable R empty() {
        R taken = resource;
        resource = null;
        return taken;
    }

    /** Refuses a slot with a resource where there must be none. */
    public void requireEmpty() {
        if (resource != null) {
            throw new IllegalStateException(this + " has a resource: release or discard it");
        }
    }

    /** Whether its resource is to be replaced for its age. */
    public boolean isTooOld(long nowNanos) {
        return nowNanos - openedNanos >= maxAgeNanos;
    }

    /** Nobody's, with nothing in it. */
    public boolean isEmpty() {
        return (word & STATE) == EMPTY;
    }

    /** Nobody's, with a resource in it; perhaps not to be had for the moment. */
    public boolean isIdle() {
        return isIdle(word);
    }

    /** Nobody's, and to be had: {@link #idleToLeased} takes it if nobody is faster. */
    public boolean isTakeable() {
        return (word & STATE) == IDLE;
    }

    private static boolean isIdle(int word) {
        int state = word & STATE;
        return state == IDLE || state == SUSPENDED;
    }

    /** Somebody's. */
    public boolean isLeased() {
        return (word & STATE) == LEASED;
    }

    /** How many leases of this slot have ended, modulo 2^28. */
    public int endedLeases() {
        return word >>> 4;
    }

    /** The present word, for a transition that shall only happen if nothing has happened in between. */
    public int word() {
        return word;
    }

    /** Takes it if it is idle. */
    public boolean idleToLeased() {
        int seen = word;
        return (seen & STATE) == IDLE && WORD.compareAndSet(this, seen, seen + LEASED - IDLE);
    }

    /** Takes it if it is idle and has been since {@code seen} was read. */
    public boolean idleToLeased(int seen) {
        return (seen & STATE) == IDLE && WORD.compareAndSet(this, seen, seen + LEASED - IDLE);
    }

    /** Only if the slot is idle and has been since {@code seen} was read. */
    public boolean idleToRetiring(int seen) {
        return isIdle(seen) && WORD.compareAndSet(this, seen, (seen & ~STATE) | RETIRING);
    }

    /** Still idle, but nobody can take it. Only if it could be taken since {@code seen} was read. */
    public boolean idleToSuspended(int seen) {
        return (seen & STATE) == IDLE && WORD.compareAndSet(this, seen, suspendedAfter(seen));
    }

    /** The word after {@link #idleToSuspended} of that word. */
    public static int suspendedAfter(int idle) {
        return idle + SUSPENDED - IDLE;
    }

    /** It can be taken again. */
    public boolean suspendedToIdle() {
        int seen = word;
        return (seen & STATE) == SUSPENDED && WORD.compareAndSet(this, seen, seen + IDLE - SUSPENDED);
    }

    /** Takes it if it is empty. */
    public boolean emptyToLeased() {
        int seen = word;
        return (seen & STATE) == EMPTY && WORD.compareAndSet(this, seen, seen + LEASED - EMPTY);
    }

    /** Takes it out of use for ever if it is empty. */
    public boolean emptyToRemoved() {
        int seen = word;
        return (seen & STATE) == EMPTY && WORD.compareAndSet(this, seen, seen + REMOVED - EMPTY);
    }

    /**
     * Marks the present lease as one that is not the borrowing thread's alone: {@link #unsharedToIdle} of it fails from here
     * on.
     *
     * @param seen a {@link #word} of that very lease
     * @return false if the lease has ended, or was marked by somebody else at this moment
     */
    public boolean share(int seen) {
        return (seen & STATE) == LEASED && ((seen & SHARED) != 0 || WORD.compareAndSet(this, seen, seen | SHARED));
    }

    /**
     * Publishes the slot if nobody has shared the lease.
     *
     * @param seen a {@link #word} of that very lease
     */
    public boolean unsharedToIdle(int seen) {
        return (seen & (STATE | SHARED)) == LEASED && WORD.compareAndSet(this, seen, idleAfter(seen));
    }

    /** The word of the lease that the caller is about to end, shared or not. */
    public int lease(String transition) {
        int seen = word;
        if ((seen & STATE) != LEASED) {
            throw new IllegalStateException("a slot that is " + stateName() + " cannot go " + transition
                    + "; it was most likely given back twice");
        }
        return seen & ~SHARED;
    }

    /** The word after {@link #leasedToIdle} of that lease. */
    public static int idleAfter(int lease) {
        return lease + NEXT_LEASE + IDLE - LEASED;
    }

    /** Publishes the slot. False if the lease was taken back in the meantime. */
    public boolean leasedToIdle(int lease) {
        return end(lease, idleAfter(lease));
    }

    /** Ends a lease and begins the next, for a waiter. False if the lease was taken back in the meantime. */
    public boolean leasedToNextLease(int lease) {
        return end(lease, lease + NEXT_LEASE);
    }

    /** Ends a lease: the resource is to be closed. False if the lease was taken back in the meantime. */
    public boolean leasedToRetiring(int lease) {
        return end(lease, lease + NEXT_LEASE + RETIRING - LEASED);
    }

    /** A lease may be shared at any moment until it has ended, and is never unshared: two tries are enough. */
    private boolean end(int lease, int next) {
        return WORD.compareAndSet(this, lease, next) || WORD.compareAndSet(this, lease | SHARED, next);
    }

    /** The resource is closed. */
    public void retiringToEmpty() {
        int seen = word;
        if ((seen & STATE) != RETIRING || !WORD.compareAndSet(this, seen, seen + EMPTY - RETIRING)) {
            throw new IllegalStateException("a slot that is " + stateName() + " cannot go from RETIRING to EMPTY");
        }
    }

    /** The emptied place goes to a waiter. */
    public void retiringToLeased() {
        int seen = word;
        if ((seen & STATE) != RETIRING || !WORD.compareAndSet(this, seen, seen + LEASED - RETIRING)) {
            throw new IllegalStateException("a slot that is " + stateName() + " cannot go from RETIRING to LEASED");
        }
    }

    /** Forgets the holder; before every transition out of LEASED. */
    public void forgetHolder() {
        endLease();
    }

    @Override
    protected int leaseStamp() {
        return word & ~SHARED;
    }

    @Override
    protected boolean takeBack(int stamp) {
        return (stamp & STATE) == LEASED && leasedToRetiring(stamp);
    }

    @Override
    protected void onUnreachable(@Nullable Origin leaseOrigin, long heldNanos) {
        owner.reclaim(this, leaseOrigin, heldNanos);
    }

    private String stateName() {
        return NAMES[word & STATE];
    }
}
