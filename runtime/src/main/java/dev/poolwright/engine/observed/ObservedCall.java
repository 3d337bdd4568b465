package dev.poolwright.engine.observed;

import dev.poolwright.event.TransactionEnd;
import org.jspecify.annotations.Nullable;

/** A call into a driver that is observed, while it lasts: what the driver calls of its own in there is part of it. */
final class ObservedCall {

    final ObservedConnection connection;

    /** What it ends; null = nothing. */
    final @Nullable TransactionEnd how;

    final boolean isBatch;

    /** Whether there is a transaction to end. */
    final boolean live;

    final long startNanos;

    ObservedCall(ObservedConnection connection, @Nullable TransactionEnd how, boolean isBatch, long startNanos) {
        this.connection = connection;
        this.how = how;
        this.isBatch = isBatch;
        this.live = how != null && connection.isLive(how);
        this.startNanos = startNanos;
    }
}
