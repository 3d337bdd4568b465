package dev.poolwright.jdbc;

import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * For how long the holder of one connection has made no call, borrow after borrow, and what happens when that is too long.
 * For the housekeeper's thread alone.
 */
final class Stillness {
    /*
     * T1  Only the closer of a handle ends its lease, and closing is one atomic step: the holder's close(), or this.
     *                                                                                                  [StillnessTest]
     * T2  A handle is closed in its holder's place only if no call has begun since the look that found it still, and none is
     *     in flight: the guard decides that once both are known, and until then lets nobody in or out.  [StillnessTest]
     */

    /** How often one looks within the limit. Seldom: each look keeps a forgotten handle alive for one collection. */
    private static final int LOOKS = 8;

    private static final int NO_LEASE = -1;

    private final PhysicalConnection physical;
    private int lease = NO_LEASE;
    private long activity;
    private long stillSinceNanos;
    private long lookedNanos;

    /** @param nowNanos the first look may be one eighth of the limit after it */
    Stillness(PhysicalConnection physical, long nowNanos) {
        this.physical = physical;
        this.lookedNanos = nowNanos;
    }

    /**
     * One look.
     *
     * @param limitNanos how long a holder may make no call
     * @return what is left to be done where one may wait for the server; null = nothing
     */
    @Nullable
    Runnable look(Slot<PhysicalConnection> slot, long nowNanos, long limitNanos, TakenAwayListener told) {
        // What the application has of the driver's own may be at work without any call that could be seen.
        if (nowNanos - lookedNanos < limitNanos / LOOKS || physical.isHandedOut()) {
            return null;
        }
        lookedNanos = nowNanos;
        int seen = slot.endedLeases();
        Object holder = slot.holder();
        if (!(holder instanceof ConnectionHandle) || slot.endedLeases() != seen || slot.resource() != physical) {
            return null;
        }
        ConnectionHandle handle = (ConnectionHandle) holder;
        long now = handle.activity();
        if (lease != seen || activity != now || handle.isInCall()) {
            lease = seen;
            activity = now;
            stillSinceNanos = nowNanos;
            return null;
        }
        long unusedNanos = nowNanos - stillSinceNanos;
        Origin origin = slot.origin();
        if (unusedNanos < limitNanos
                || !handle.takeAway(new TakenAway(origin, unusedNanos, Ticker.SYSTEM.nanos()), activity)) {
            return null;
        }
        long heldNanos = slot.heldNanos(nowNanos);
        return new Runnable() {
            @Override
            public void run() {
                CheckIn.reclaim(handle);
                told.takenAway(origin, heldNanos, unusedNanos, physical);
            }
        };
    }
}
