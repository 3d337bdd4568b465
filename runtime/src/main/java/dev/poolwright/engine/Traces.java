package dev.poolwright.engine;

import dev.poolwright.event.EngineListener;
import dev.poolwright.jdbc.Lending;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Which borrows of an engine remember where they happened: none, each, or one in some, until a connection has leaked whose
 * line is not known; from then on each. Any thread.
 */
final class Traces {

    private final int every;
    private volatile boolean leaked;

    /** @param every 0 = none, 1 = each */
    Traces(int every) {
        this.every = every;
    }

    /** The line that is calling, if it is to be remembered for this lease of {@code slot}, else null. */
    @Nullable
    Origin of(Slot<?> slot, Lending lending) {
        if (every == 0) {
            return null;
        }
        // A slot counts its leases in any case, so no count is shared, and the first lease of each is remembered.
        return every == 1 || leaked || slot.endedLeases() % every == 0 ? origin(lending) : null;
    }

    private static Origin origin(Lending lending) {
        EngineListener listener = lending.listener();
        if (listener == null) {
            return Origin.capture();
        }
        Object context = null;
        try {
            context = listener.acquiring();
        } catch (Throwable accident) {
            lending.accident(accident);
        }
        return Origin.capture(context);
    }

    /** A connection has leaked whose line is not known. */
    void leakedUnseen() {
        leaked = true;
    }
}
