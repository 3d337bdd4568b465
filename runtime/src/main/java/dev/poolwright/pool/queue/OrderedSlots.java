package dev.poolwright.pool.queue;

import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Slots;
import dev.poolwright.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Slots that are lent by the time of their return. A check-out looks at all of them, a return reads the clock: that is why
 * it is not what a pool does by default.
 *
 * @param <R> the resource
 */
final class OrderedSlots<R> extends Slots<R> {

    private final boolean newestFirst;
    private final Ticker ticker;

    OrderedSlots(Slot.Owner<R> owner, int keep, IdleOrder order, Ticker ticker) {
        super(owner, keep);
        this.newestFirst = order == IdleOrder.NEWEST_FIRST;
        this.ticker = ticker;
    }

    @Override
    public void cameBack(Slot<R> slot, long coarseNanos) {
        slot.cameBack(ticker.nanos());
    }

    @Override
    public @Nullable Slot<R> claimIdle() {
        for (; ; ) {
            Slot<R> next = null;
            int word = 0;
            for (Slot<R> slot : all()) {
                // The word first: what is read after it belongs to this idleness if the word is still there in the end.
                int seen = slot.word();
                if (slot.isTakeable() && (next == null || comesBefore(slot, next))) {
                    next = slot;
                    word = seen;
                }
            }
            if (next == null || next.idleToLeased(word)) {
                return next;
            }
        }
    }

    private boolean comesBefore(Slot<R> slot, Slot<R> other) {
        long later = slot.sinceNanos() - other.sinceNanos();
        return newestFirst ? later > 0 : later < 0;
    }
}
