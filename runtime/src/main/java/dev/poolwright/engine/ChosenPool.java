package dev.poolwright.engine;

import dev.poolwright.config.PoolKind;
import dev.poolwright.config.PoolOrder;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.queue.IdleOrder;
import dev.poolwright.pool.queue.QueuePool;
import dev.poolwright.pool.single.AssertionPool;
import dev.poolwright.pool.single.StaticPool;
import org.jspecify.annotations.Nullable;

/** A pool that somebody asked for by name or order. Loaded only then. */
final class ChosenPool {

    private ChosenPool() {}

    /** @param order null = any */
    static <R> Pool<R> of(
            @Nullable PoolKind kind,
            @Nullable PoolOrder order,
            PoolSettings settings,
            Lifecycle<R> lifecycle,
            LeakListener listener,
            Housekeeper housekeeper) {
        if (kind == PoolKind.STATIC) {
            return new StaticPool<>(settings, lifecycle, listener, housekeeper);
        }
        if (kind == PoolKind.ASSERTION) {
            return new AssertionPool<>(settings, lifecycle, listener, housekeeper);
        }
        return new QueuePool<>(settings, lifecycle, listener, housekeeper, idleOrder(order));
    }

    private static @Nullable IdleOrder idleOrder(@Nullable PoolOrder order) {
        if (order == null || order == PoolOrder.ANY) {
            return null;
        }
        return order == PoolOrder.LIFO ? IdleOrder.NEWEST_FIRST : IdleOrder.OLDEST_FIRST;
    }
}
