package dev.poolwright.pool.queue;

import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Slots;
import org.jspecify.annotations.Nullable;

/**
 * Which idle resources are to be closed. Each method takes the slot out of IDLE, so that it is the caller's, in state
 * RETIRING.
 *
 * @param <R> the resource
 */
final class Expiry<R> {

    private final Slots<R> slots;
    private volatile PoolSettings settings;

    Expiry(Slots<R> slots, PoolSettings settings) {
        this.slots = slots;
        this.settings = settings;
    }

    /** These count from now on. */
    void settings(PoolSettings newSettings) {
        settings = newSettings;
    }

    /** One that was idle for too long, or is surplus and was idle for a while; null if there is none. */
    @Nullable
    Slot<R> retireExpired(long nowNanos) {
        Slot<R>[] all = slots.all();
        PoolSettings now = settings;
        long limit = now.idleTimeoutNanos();
        if (slots.idle() > now.size()) {
            limit = Math.min(limit, now.lingerNanos());
        }
        if (limit == PoolSettings.NEVER) {
            return null;
        }
        // From the end: the slots in front are those looked at first, so the last ones are the least needed.
        for (int i = all.length - 1; i >= 0; i--) {
            int seen = all[i].word();
            if (all[i].isIdle() && nowNanos - all[i].sinceNanos() >= limit && all[i].idleToRetiring(seen)) {
                return all[i];
            }
        }
        return null;
    }

    /** One that must not be used again because its generation is over; null if there is none. */
    @Nullable
    Slot<R> retireStale(int generation) {
        for (Slot<R> slot : slots.all()) {
            int seen = slot.word();
            if (slot.isIdle() && slot.generation() != generation && slot.idleToRetiring(seen)) {
                return slot;
            }
        }
        return null;
    }

    /** The one that was idle for the longest time; null if there is none. */
    @Nullable
    Slot<R> retireLeastRecentlyUsed() {
        for (; ; ) {
            Slot<R> oldest = null;
            int word = 0;
            for (Slot<R> slot : slots.all()) {
                int seen = slot.word();
                if (slot.isIdle() && (oldest == null || slot.sinceNanos() - oldest.sinceNanos() < 0)) {
                    oldest = slot;
                    word = seen;
                }
            }
            if (oldest == null || oldest.idleToRetiring(word)) {
                return oldest;
            }
        }
    }

    /** Since when {@link #retireLeastRecentlyUsed}'s next has been idle, or {@link Pool#NONE_IDLE}. */
    long longestIdleSince() {
        long longest = Pool.NONE_IDLE;
        for (Slot<R> slot : slots.all()) {
            if (slot.isIdle()) {
                long since = slot.sinceNanos();
                longest = longest == Pool.NONE_IDLE || since - longest < 0 ? since : longest;
            }
        }
        return longest;
    }

    /** Whether an idle resource will ever be closed by {@link #retireExpired} as things are. */
    boolean isPending() {
        return settings.idleTimeoutNanos() != PoolSettings.NEVER || slots.idle() > settings.size();
    }
}
