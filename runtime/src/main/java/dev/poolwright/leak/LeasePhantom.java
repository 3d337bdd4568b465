package dev.poolwright.leak;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Tells that the holder of one lease cannot be reached any longer. Does not refer to the holder. */
final class LeasePhantom extends PhantomReference<Object> {

    private final WeakReference<Object> holder;
    private final Reclaimable lent;
    private final int stamp;
    private final @Nullable Origin origin;
    private final long sinceNanos;

    LeasePhantom(
            Object holder,
            ReferenceQueue<Object> queue,
            Reclaimable lent,
            int stamp,
            @Nullable Origin origin,
            long sinceNanos) {
        super(holder, queue);
        this.holder = new WeakReference<>(holder);
        this.lent = lent;
        this.stamp = stamp;
        this.origin = origin;
        this.sinceNanos = sinceNanos;
    }

    /** Who holds it; null once it cannot be reached. Asking keeps it alive through a collection that is under way. */
    @Nullable
    Object holder() {
        return holder.get();
    }

    Reclaimable lent() {
        return lent;
    }

    int stamp() {
        return stamp;
    }

    @Nullable
    Origin origin() {
        return origin;
    }

    long sinceNanos() {
        return sinceNanos;
    }
}
