package dev.poolwright.pool.queue;

import dev.poolwright.pool.Errand;
import dev.poolwright.pool.Slot;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The errands of a pool that are under way. Any thread.
 *
 * @param <R> the resource
 */
final class Errands<R> {

    /** An opening that nobody waits for any more keeps its place for so long: most end, and then nothing was lost. */
    static final long STUCK_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Queue<Timed<R>> underWay = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Throwable lastFailure;

    private static final class Timed<R> {

        private final Errand<R> errand;
        private final long sinceNanos;

        Timed(Errand<R> errand, long sinceNanos) {
            this.errand = errand;
            this.sinceNanos = sinceNanos;
        }
    }

    void begun(Errand<R> errand, long nowNanos) {
        underWay.add(new Timed<>(errand, nowNanos));
    }

    void ended(Errand<R> errand) {
        for (Timed<R> each : underWay) {
            if (each.errand == errand) {
                underWay.remove(each);
                return;
            }
        }
    }

    /** An opening failed, or one succeeded: null. */
    void outcome(@Nullable Throwable failure) {
        if (lastFailure != failure) {
            lastFailure = failure;
        }
    }

    /** What the last opening failed with if none has succeeded since: for a message, never for a decision. */
    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }

    int count() {
        return underWay.size();
    }

    /** For how long the longest has been under way; 0 if there is none. */
    long longestNanos(long nowNanos) {
        Timed<R> oldest = underWay.peek();
        return oldest == null ? 0 : nowNanos - oldest.sinceNanos;
    }

    /**
     * Takes the slot from an opening that nobody waits for and that has been under way for too long: a driver that waits
     * for an answer for ever must not take a place with it. Null if there is none.
     */
    @Nullable
    Slot<R> writeOffStuck(long nowNanos) {
        for (Timed<R> each : underWay) {
            if (nowNanos - each.sinceNanos >= STUCK_NANOS && each.errand.writeOff()) {
                return each.errand.slot();
            }
        }
        return null;
    }
}
