package dev.poolwright.jdbc;

import dev.poolwright.leak.Origin;
import org.jspecify.annotations.Nullable;

/** Hears of connections that were taken away from holders who had stopped calling them. */
public interface TakenAwayListener {

    /**
     * A connection was taken away; it is closed, or about to be, and its place is free. Called on a thread that may wait for
     * servers.
     *
     * @param origin      the line that acquired it, or null if that was not recorded
     * @param heldNanos   how long it was held, precise to a tick of the housekeeper
     * @param unusedNanos how long no call had been made
     */
    void takenAway(@Nullable Origin origin, long heldNanos, long unusedNanos);
}
