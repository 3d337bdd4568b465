package dev.poolwright.leak;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was lent and can never come back, because nobody can reach its holder any longer.
 *
 * <p>Everything here is for one thread, the housekeeper; {@link Reclaimable#lend} and {@link Reclaimable#endLease} are
 * for the borrower, at any moment.
 */
public final class LeakWatch {
    /*
     * Deferred phantoms. A short lease costs two ordered stores and no reference object. At a tick, a lease older than
     * a second trades its plain reference to the holder for a phantom one.
     *
     * L1  A lease that is converted has a phantom before it loses its plain reference.           [LeakWatchTest]
     * L2  After the conversion nothing of ours refers to the holder, but weakly: the lease is recognised by its stamp,
     *     not by its holder, and the phantom holds origin and times by itself.                   [LeakWatchTest]
     * L3  A phantom acts on its own lease only. Its stamp is the stamp of the lease whose holder it watches (read
     *     before and after the holder), and takeBack(stamp) is one compare-and-set against the end of that lease. So
     *     a phantom that a racing endLease() did not see is inert, whatever was lent since.      [LeakRaceTest]
     * L4  endLease() needs no fence of its own because of L3; its clearing of the phantom only spares a reference.
     */

    /** A lease younger than this has no phantom. */
    private static final long DEFAULT_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private final long ageNanos;

    /** Watches leases older than a second. */
    public LeakWatch() {
        this(DEFAULT_AGE_NANOS);
    }

    /** Watches leases older than {@code ageNanos}; 0 = all that at least one tick has seen before. */
    public LeakWatch(long ageNanos) {
        this.ageNanos = ageNanos;
    }

    /** One look at a thing that may be lent; at every tick, for every one. */
    public void observe(Reclaimable lent, long nowNanos) {
        lent.age(this, nowNanos);
    }

    /**
     * Takes back all leases found unreachable since the last call.
     *
     * @return how many
     */
    public int reclaim(long nowNanos) {
        int reclaimed = 0;
        for (Reference<?> found = queue.poll(); found != null; found = queue.poll()) {
            LeasePhantom phantom = (LeasePhantom) found;
            // Java 8 keeps the referent until then.
            phantom.clear();
            if (phantom.lent().takeBack(phantom)) {
                reclaimed++;
                phantom.lent().onUnreachable(phantom.origin(), nowNanos - phantom.sinceNanos());
            }
        }
        return reclaimed;
    }

    long ageNanos() {
        return ageNanos;
    }

    LeasePhantom phantom(Object holder, Reclaimable lent, int stamp, @Nullable Origin origin, long sinceNanos) {
        return new LeasePhantom(holder, queue, lent, stamp, origin, sinceNanos);
    }
}
