package dev.poolwright.leak;

import org.jspecify.annotations.Nullable;

/** Hears of what was lent, never given back and taken back because nobody could reach its holder any longer. */
public interface LeakListener {

    /** Ignores all leaks; they are taken back all the same. Not a constant: its class would be loaded with this one. */
    static LeakListener silent() {
        return new LeakListener() {
            @Override
            public void reclaimed(@Nullable Origin origin, long heldNanos) {}
        };
    }

    /**
     * Something was reclaimed; it is closed, and its place free again, after this returns. Called on the housekeeper
     * thread.
     *
     * @param origin    the line that took it, or null if that was not recorded
     * @param heldNanos how long it was held, precise to a tick of the housekeeper
     */
    void reclaimed(@Nullable Origin origin, long heldNanos);

    /**
     * The same, for who wants to know what it was.
     *
     * @param resource what was reclaimed, or null for a place without anything in it
     */
    default void reclaimed(@Nullable Object resource, @Nullable Origin origin, long heldNanos) {
        reclaimed(origin, heldNanos);
    }
}
