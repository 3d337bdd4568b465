package dev.poolwright.jdbc;

import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * For how long the holder of one connection has made no call, borrow after borrow, and what happens when that is too long.
 * For the housekeeper's thread alone.
 */
final class Stillness {
    /*
     * T1  Only the closer of a handle ends its lease, and closing is one atomic step: the holder's close(), or this.
     *                                                                                                  [StillnessTest]
     * T2  A call that begins while the handle is being taken away is not disturbed: the connection is cleaned, by
     *     closing it, only once no call is in flight, and none can begin.                              [StillnessTest]
     */

    /** How often one looks within the limit. Seldom: each look keeps a forgotten handle alive for one collection. */
    private static final int LOOKS = 8;

    private final PhysicalConnection physical;
    private int lease;
    private long activity;
    private long stillSinceNanos;
    private long lookedNanos;
    private @Nullable ConnectionHandle taken; // with a call of its holder still in flight
    private long takenUnusedNanos;

    Stillness(PhysicalConnection physical) {
        this.physical = physical;
    }

    /**
     * One look.
     *
     * @param limitNanos how long a holder may make no call
     * @return what is left to be done where one may wait for the server; null = nothing
     */
    @Nullable
    Runnable look(Slot<PhysicalConnection> slot, long nowNanos, long limitNanos, TakenAwayListener told) {
        ConnectionHandle late = taken;
        if (late != null) {
            return late.isInCall() ? null : ending(late, slot, nowNanos, told);
        }
        if (nowNanos - lookedNanos < limitNanos / LOOKS) {
            return null;
        }
        lookedNanos = nowNanos;
        int seen = slot.endedLeases();
        Object holder = slot.holder();
        if (!(holder instanceof ConnectionHandle) || slot.endedLeases() != seen || slot.resource() != physical) {
            return null;
        }
        ConnectionHandle handle = (ConnectionHandle) holder;
        // What the application has of the driver's own may be at work without any call that could be seen.
        boolean moves = handle.isInCall() || handle.isEscaped() || lease != seen || activity != handle.activity();
        if (moves) {
            lease = seen;
            activity = handle.activity();
            stillSinceNanos = nowNanos;
            return null;
        }
        long unusedNanos = nowNanos - stillSinceNanos;
        return unusedNanos < limitNanos ? null : take(handle, slot, unusedNanos, nowNanos, told);
    }

    private @Nullable Runnable take(
            ConnectionHandle handle,
            Slot<PhysicalConnection> slot,
            long unusedNanos,
            long nowNanos,
            TakenAwayListener told) {
        Origin origin = slot.origin();
        CallGuard.Closing closing = handle.takeAway(new TakenAway(origin, unusedNanos, Ticker.SYSTEM.nanos()));
        if (closing == CallGuard.Closing.ALREADY_CLOSED) {
            return null;
        }
        if (closing == CallGuard.Closing.CALL_IN_FLIGHT) {
            takenDuringCall(handle, unusedNanos);
            return null;
        }
        takenUnusedNanos = unusedNanos;
        return ending(handle, slot, nowNanos, told);
    }

    /** {@code handle} is closed in its holder's place, but a call of that is still in flight. */
    void takenDuringCall(ConnectionHandle handle, long unusedNanos) {
        taken = handle;
        takenUnusedNanos = unusedNanos;
    }

    /** Whether something is taken whose holder is still in a call. */
    boolean isTaking() {
        return taken != null;
    }

    private Runnable ending(
            ConnectionHandle handle, Slot<PhysicalConnection> slot, long nowNanos, TakenAwayListener told) {
        taken = null;
        Origin origin = slot.origin();
        long heldNanos = slot.heldNanos(nowNanos);
        long unusedNanos = takenUnusedNanos;
        return new Runnable() {
            @Override
            public void run() {
                try {
                    CheckIn.finish(handle, false);
                } catch (SQLException | RuntimeException | Error failure) {
                    handle.lending().accident(failure);
                }
                told.takenAway(origin, heldNanos, unusedNanos);
            }
        };
    }
}
