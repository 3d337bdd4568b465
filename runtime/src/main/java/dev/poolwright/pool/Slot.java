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
    interface Owner<R> {

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
    private static final int STATE = 7;
    /** Added to the word whenever a lease ends, so that no two leases of a slot have the same word. */
    private static final int NEXT_LEASE = 8;

    /** A word that {@link #idleToRetiring(int)} refuses. */
    static final int NOT_IDLE = EMPTY;

    private static final String[] NAMES = {"EMPTY", "IDLE", "LEASED", "RETIRING", "REMOVED"};

    private final Owner<R> owner;

    /** State in the low three bits, number of ended leases above. */
    private volatile int word;

    /** The pool's generation when its opening began; a different one now means: to be replaced. */
    int generation;

    private @Nullable R resource;
    private long openedNanos;
    private long maxAgeNanos = PoolSettings.NEVER;

    /** When it came back, by the coarse clock; while the resource is being opened: when that began. */
    long sinceNanos;

    private Slot(Owner<R> owner, int state) {
        this.owner = owner;
        this.word = state;
    }

    static <R> Slot<R> empty(Owner<R> owner) {
        return new Slot<>(owner, EMPTY);
    }

    static <R> Slot<R> leased(Owner<R> owner) {
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

    @Override
    public String toString() {
        return "slot " + stateName() + (resource == null ? "" : " " + resource);
    }

    void fill(R opened, long nowNanos, long ageLimitNanos) {
        resource = opened;
        openedNanos = nowNanos;
        maxAgeNanos = ageLimitNanos;
        sinceNanos = nowNanos;
    }

    /** Takes the resource out, to be closed. */
    @Nullable
    R empty() {
        R taken = resource;
        resource = null;
        return taken;
    }

    void requireEmpty() {
        if (resource != null) {
            throw new IllegalStateException(this + " has a resource: release or discard it");
        }
    }

    boolean isTooOld(long nowNanos) {
        return nowNanos - openedNanos >= maxAgeNanos;
    }

    boolean isEmpty() {
        return (word & STATE) == EMPTY;
    }

    boolean isIdle() {
        return (word & STATE) == IDLE;
    }

    boolean isLeased() {
        return (word & STATE) == LEASED;
    }

    /** How many leases of this slot have ended, modulo 2^29. */
    int endedLeases() {
        return word >>> 3;
    }

    /** The present word, for a transition that shall only happen if nothing has happened in between. */
    int word() {
        return word;
    }

    boolean idleToLeased() {
        int seen = word;
        return (seen & STATE) == IDLE && WORD.compareAndSet(this, seen, seen + LEASED - IDLE);
    }

    /** Only if the slot is idle and has been since {@code seen} was read. */
    boolean idleToRetiring(int seen) {
        return (seen & STATE) == IDLE && WORD.compareAndSet(this, seen, seen + RETIRING - IDLE);
    }

    boolean emptyToLeased() {
        int seen = word;
        return (seen & STATE) == EMPTY && WORD.compareAndSet(this, seen, seen + LEASED - EMPTY);
    }

    boolean emptyToRemoved() {
        int seen = word;
        return (seen & STATE) == EMPTY && WORD.compareAndSet(this, seen, seen + REMOVED - EMPTY);
    }

    /** The word of the lease that the caller is about to end. */
    int lease(String transition) {
        int seen = word;
        if ((seen & STATE) != LEASED) {
            throw new IllegalStateException("a slot that is " + stateName() + " cannot go " + transition
                    + "; it was most likely given back twice");
        }
        return seen;
    }

    /** The word after {@link #leasedToIdle} of that lease. */
    static int idleAfter(int lease) {
        return lease + NEXT_LEASE + IDLE - LEASED;
    }

    /** Publishes the slot. False if the lease was taken back in the meantime. */
    boolean leasedToIdle(int lease) {
        return WORD.compareAndSet(this, lease, idleAfter(lease));
    }

    /** Ends a lease and begins the next, for a waiter. False if the lease was taken back in the meantime. */
    boolean leasedToNextLease(int lease) {
        return WORD.compareAndSet(this, lease, lease + NEXT_LEASE);
    }

    boolean leasedToRetiring(int lease) {
        return WORD.compareAndSet(this, lease, lease + NEXT_LEASE + RETIRING - LEASED);
    }

    void retiringToEmpty() {
        int seen = word;
        if ((seen & STATE) != RETIRING || !WORD.compareAndSet(this, seen, seen + EMPTY - RETIRING)) {
            throw new IllegalStateException("a slot that is " + stateName() + " cannot go from RETIRING to EMPTY");
        }
    }

    /** The emptied place goes to a waiter. */
    void retiringToLeased() {
        int seen = word;
        if ((seen & STATE) != RETIRING || !WORD.compareAndSet(this, seen, seen + LEASED - RETIRING)) {
            throw new IllegalStateException("a slot that is " + stateName() + " cannot go from RETIRING to LEASED");
        }
    }

    /** Forgets the holder; before every transition out of LEASED. */
    void forgetHolder() {
        endLease();
    }

    @Override
    protected int leaseStamp() {
        return word;
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
