package dev.poolwright.leak;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A thing that is lent to a holder and must come back: a slot of a pool, a session.
 *
 * <p>{@link #lend} and {@link #endLease} are for the thread the thing is lent to; both are two or three ordered stores.
 * What the {@link LeakWatch} does in between is explained there. The holder may refer to the thing; the thing refers to
 * its holder for the first second only.
 */
public abstract class Reclaimable {

    private static final AtomicReferenceFieldUpdater<Reclaimable, LeasePhantom> PHANTOM =
            AtomicReferenceFieldUpdater.newUpdater(Reclaimable.class, LeasePhantom.class, "phantom");

    private static final AtomicReferenceFieldUpdater<Holder, Object> HOLDER =
            AtomicReferenceFieldUpdater.newUpdater(Holder.class, Object.class, "object");

    private static final AtomicReferenceFieldUpdater<Reclaimable, Origin> ORIGIN =
            AtomicReferenceFieldUpdater.newUpdater(Reclaimable.class, Origin.class, "origin");

    // Keeps the fields two neighbours in an array write at each lease off one cache line (longs are laid out first).
    @SuppressWarnings("unused")
    private long pad0, pad1, pad2, pad3, pad4, pad5, pad6;

    private long borrower;
    private volatile @Nullable Holder holder;
    private volatile @Nullable LeasePhantom phantom;
    private volatile @Nullable Origin origin;

    /** When the watch first saw the current lease; written by the housekeeper only. */
    private volatile long seenNanos;

    private volatile boolean seen;
    private volatile int seenStamp;

    /**
     * Says who has it now. To be called once after each acquisition by the thread that acquired it; without this call
     * the lease is not watched.
     *
     * @param newHolder a fresh object per lease that everybody who uses the thing keeps reachable
     * @param newOrigin the line that acquired it, or null if that is not recorded
     */
    public final void lend(Object newHolder, @Nullable Origin newOrigin) {
        borrower = Thread.currentThread().getId();
        if (newOrigin != null) {
            ORIGIN.lazySet(this, newOrigin);
        }
        Holder place = holder;
        if (place == null || place.aged) {
            place = new Holder();
            holder = place;
        }
        // Last: who sees the holder sees its origin.
        HOLDER.lazySet(place, newHolder);
    }

    /**
     * Where the holder is kept: a young object, renewed by the first lease after each tick. A thing that is lent is old; for
     * a new object stored into an old one G1 has a fence in store, at each lease, for one stored into a young one it has not.
     */
    private static final class Holder {

        volatile @Nullable Object object;

        /** Seen by a tick; written by the housekeeper, and it does not matter when that is noticed. */
        boolean aged;
    }

    /** Id of the thread that called {@link #lend} last; of no meaning unless {@link #isLent}. */
    public final long borrower() {
        return borrower;
    }

    /** Whether somebody has it, as far as {@link #lend} was told. */
    public final boolean isLent() {
        Holder place = holder;
        return (place != null && place.object != null) || phantom != null;
    }

    /**
     * Who has it now, or null if nobody has, or can be reached. To be asked seldom: asking keeps a forgotten holder alive
     * through a collection that is under way.
     */
    public final @Nullable Object holder() {
        Holder place = holder;
        Object young = place == null ? null : place.object;
        LeasePhantom old = phantom;
        return young != null || old == null ? young : old.holder();
    }

    /** The line that acquired it, or null if nobody has it or that was not recorded. */
    public final @Nullable Origin origin() {
        return origin;
    }

    /** How long the current lease lasts, in nanoseconds, counted from the first tick that saw it; 0 before that. */
    public final long heldNanos(long nowNanos) {
        return seen && seenStamp == leaseStamp() ? nowNanos - seenNanos : 0;
    }

    /** Forgets the holder. Before the thing is offered to anybody else. */
    protected final void endLease() {
        Holder place = holder;
        if (place != null) {
            HOLDER.lazySet(place, null);
        }
        if (phantom != null) {
            PHANTOM.lazySet(this, null);
        }
        if (origin != null) {
            ORIGIN.lazySet(this, null);
        }
    }

    /** A number that differs from lease to lease; 0 for a thing that is lent only once. Any thread may ask. */
    protected int leaseStamp() {
        return 0;
    }

    /**
     * Takes it away from the lease with this stamp. One atomic step against whoever ends the lease at the same moment.
     *
     * @return false if that lease has ended; always true for a thing that is lent only once
     */
    protected boolean takeBack(int stamp) {
        return true;
    }

    /**
     * Nobody can reach the holder any longer, and {@link #takeBack} has succeeded. Runs on the housekeeper thread.
     *
     * @param leaseOrigin the line that acquired it, or null if that was not recorded
     * @param heldNanos   how long it was held, precise to a tick of the housekeeper
     */
    protected abstract void onUnreachable(@Nullable Origin leaseOrigin, long heldNanos);

    /** For the watch: one look at this lease. The protocol is in {@link LeakWatch}. */
    final void age(LeakWatch watch, long nowNanos) {
        int stamp = leaseStamp();
        Holder place = holder;
        Object candidate = place == null ? null : place.object;
        if (place != null) {
            place.aged = true;
        }
        if (place == null || candidate == null) {
            seen = seen && phantom != null;
            return;
        }
        Origin candidateOrigin = origin;
        // The same stamp before and after: the holder read in between belongs to this very lease.
        if (leaseStamp() != stamp) {
            return;
        }
        if (!seen || seenStamp != stamp) {
            seenNanos = nowNanos;
            seenStamp = stamp;
            seen = true;
        } else if (nowNanos - seenNanos >= watch.ageNanos()) {
            LeasePhantom ours = watch.phantom(candidate, this, stamp, candidateOrigin, seenNanos);
            // First the phantom, then the holder: in the other order a lease would for a moment have neither, and
            // with the object dying in that moment nobody would ever hear of it.
            phantom = ours;
            if (!HOLDER.compareAndSet(place, candidate, null)) {
                PHANTOM.compareAndSet(this, ours, null);
            }
        }
    }

    /** For the watch: whether {@code unreachable} was still the current lease's, and it is taken back now. */
    final boolean takeBack(LeasePhantom unreachable) {
        return PHANTOM.compareAndSet(this, unreachable, null) && takeBack(unreachable.stamp());
    }
}
