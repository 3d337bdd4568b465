package dev.poolwright.jdbc;

import dev.poolwright.pool.Slot;
import org.jspecify.annotations.Nullable;

/** What can be seen of a borrow from outside, at one moment, while the borrower goes on. Immutable. */
public final class Holding {

    private final int lease;
    private final long activity;
    private final boolean inCall;
    private final boolean inTransaction;
    private final String lastStatement;

    private Holding(int lease, ConnectionHandle handle, PhysicalConnection physical) {
        this.lease = lease;
        this.activity = handle.activity();
        this.inCall = handle.isInCall();
        this.inTransaction = handle.mayHaveTransaction() && !handle.isInAutoCommit();
        this.lastStatement = physical.lastStatement();
    }

    /** What is seen of the borrow of {@code slot}; null if it has none, or has had another in between. */
    public static @Nullable Holding of(Slot<PhysicalConnection> slot) {
        int lease = slot.endedLeases();
        Object holder = slot.holder();
        PhysicalConnection physical = slot.resource();
        if (!(holder instanceof ConnectionHandle) || physical == null) {
            return null;
        }
        Holding seen = new Holding(lease, (ConnectionHandle) holder, physical);
        return slot.endedLeases() == lease ? seen : null;
    }

    /** Whether the same borrow has made no call since {@code earlier}, and makes none. */
    public boolean isStillSince(Holding earlier) {
        return lease == earlier.lease && activity == earlier.activity && !inCall;
    }

    public boolean inCall() {
        return inCall;
    }

    /** Not of one that only SQL text has begun. */
    public boolean inTransaction() {
        return inTransaction;
    }

    /** Without literals; empty if nothing was prepared or run. */
    public String lastStatement() {
        return lastStatement;
    }
}
