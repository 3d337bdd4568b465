package dev.poolwright.engine;

import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.CapRule;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import java.util.function.Consumer;

/**
 * At the cap a thread that has a connection already would wait for itself: it goes beyond. So does a thread that leaks,
 * for as long as its leaks are not reclaimed: it cannot be told from one that needs them all, and a deadlock of that one
 * would be the greater harm.
 */
final class Nesting implements CapRule {

    private final Pool<PhysicalConnection> pool;

    Nesting(Pool<PhysicalConnection> pool) {
        this.pool = pool;
    }

    /** Looks at all that are lent: only for a check-out that found neither an idle one nor room. */
    @Override
    public boolean mayExceed() {
        Mine mine = new Mine();
        pool.forEachLeased(mine);
        return mine.found;
    }

    private static final class Mine implements Consumer<Slot<PhysicalConnection>> {

        private final long me = Thread.currentThread().getId();
        private boolean found;

        @Override
        public void accept(Slot<PhysicalConnection> slot) {
            found |= slot.borrower() == me;
        }
    }
}
