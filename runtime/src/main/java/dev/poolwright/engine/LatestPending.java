package dev.poolwright.engine;

import dev.poolwright.pool.Pending;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The last of several check-outs that follow each other for one caller, whichever thread comes first to say so: one may have been
 * answered, and the next begun, before the thread that began it goes on. Any thread.
 */
final class LatestPending {

    private static final class Numbered {

        private final int number;
        private final Pending pending;

        Numbered(int number, Pending pending) {
            this.number = number;
            this.pending = pending;
        }
    }

    private final AtomicReference<@Nullable Numbered> latest = new AtomicReference<>();

    /** @param number of the check-out; a smaller one than known is of one that has ended */
    void begun(int number, Pending pending) {
        Numbered next = new Numbered(number, pending);
        Numbered known = latest.get();
        while ((known == null || known.number < number) && !latest.compareAndSet(known, next)) {
            known = latest.get();
        }
    }

    void cancel() {
        Numbered known = latest.get();
        if (known != null) {
            known.pending.cancel();
        }
    }
}
