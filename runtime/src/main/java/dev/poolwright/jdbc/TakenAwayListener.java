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
     * @param physical    which
     */
    void takenAway(@Nullable Origin origin, long heldNanos, long unusedNanos, PhysicalConnection physical);

    /**
     * A connection is held for longer than it should be; it is left to its holder. Once for each borrow, on the housekeeper's
     * thread.
     *
     * @param holder what its holder's thread is doing now; empty if that cannot be seen, or has ended
     */
    default void heldTooLong(
            @Nullable Origin origin, long heldNanos, StackTraceElement[] holder, PhysicalConnection physical) {}
}
