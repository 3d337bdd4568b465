package dev.poolwright.pool;

import dev.poolwright.event.EngineStats;
import dev.poolwright.leak.Origin;
import org.jspecify.annotations.Nullable;

/** The pool lends one at a time, and that one is lent. Not waited for. */
public final class AlreadyLeasedException extends CheckoutTimeoutException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Origin first;

    /** @param first where the one was acquired, or null if that is not known, or not yet */
    public AlreadyLeasedException(EngineStats stats, @Nullable Origin first) {
        super("the one there is was acquired at " + first + ": " + stats, stats);
        this.first = first;
    }

    /** Where the one was acquired, or null. */
    public @Nullable Origin first() {
        return first;
    }
}
