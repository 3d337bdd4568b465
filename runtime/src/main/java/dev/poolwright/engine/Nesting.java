package dev.poolwright.engine;

import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import java.util.function.Consumer;

/** Whether a thread that asks for a connection has one of the same pool already. */
final class Nesting implements Consumer<Slot<PhysicalConnection>> {

    private final long me = Thread.currentThread().getId();
    private boolean found;

    private Nesting() {}

    /** Looks at all that are lent: only for a check-out that found nothing idle. */
    static boolean holdsOne(Pool<PhysicalConnection> pool) {
        Nesting nesting = new Nesting();
        pool.forEachLeased(nesting);
        return nesting.found;
    }

    @Override
    public void accept(Slot<PhysicalConnection> slot) {
        found |= slot.borrower() == me;
    }
}
