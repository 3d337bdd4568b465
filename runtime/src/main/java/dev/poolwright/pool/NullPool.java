package dev.poolwright.pool;

import dev.poolwright.event.EngineStats;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.LeakWatch;
import dev.poolwright.leak.Origin;
import dev.poolwright.time.CoarseClock;
import dev.poolwright.time.Deadline;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nothing: every check-out opens, every return closes. Has no limit and never waits; knows what is lent, for the
 * leak watch and the report.
 *
 * @param <R> the resource
 */
public final class NullPool<R> implements Pool<R> {

    /** Slots to begin with; the more, the less do threads that open at the same moment meet. */
    private static final int SPREAD = 8;

    private final Lifecycle<R> lifecycle;
    private final LeakListener listener;
    private final LeakWatch leaks = new LeakWatch();
    private final Slots<R> slots;
    private final Housekeeper.Watch watch;
    private final CoarseClock clock;
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closedCount = new AtomicLong();
    private volatile boolean closed;

    /** A pool that is ticked by the housekeeper of this JVM. */
    public NullPool(Lifecycle<R> lifecycle, LeakListener listener) {
        this(lifecycle, listener, Housekeeper.shared());
    }

    /** A pool with a housekeeper of its own, whose ticker it uses. */
    public NullPool(Lifecycle<R> lifecycle, LeakListener listener, Housekeeper housekeeper) {
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.slots = new Slots<>(new Reclaimer(), SPREAD);
        this.watch = housekeeper.watch(this);
        this.clock = watch.clock();
    }

    @Override
    public Slot<R> acquire(Deadline deadline) throws EngineClosedException {
        if (closed) {
            throw new EngineClosedException();
        }
        return slots.claimEmpty();
    }

    /** Always null: nothing is ever idle. */
    @Override
    public @Nullable Slot<R> tryAcquireIdle() {
        return null;
    }

    @Override
    public Slot<R> checkOut(Deadline deadline) throws Exception {
        return Opening.open(this, lifecycle, acquire(deadline));
    }

    @Override
    public Slot<R> reserveBeyondCap() {
        return slots.claimEmpty();
    }

    @Override
    public void fill(Slot<R> slot, R resource) {
        slot.lease("on with a resource");
        opened.incrementAndGet();
        watch.start();
        slot.fill(resource, watch.nanos(), PoolSettings.NEVER);
    }

    @Override
    public void abandon(Slot<R> slot) {
        slot.requireEmpty();
        discard(slot);
    }

    @Override
    public void release(Slot<R> slot) {
        discard(slot);
    }

    /** Always false: whatever comes back is closed. */
    @Override
    public boolean releaseUnshared(Slot<R> slot, int lease) {
        return false;
    }

    @Override
    public void discard(Slot<R> slot) {
        int lease = slot.lease("from LEASED to RETIRING");
        slot.forgetHolder();
        if (slot.leasedToRetiring(lease)) {
            closeRetired(slot);
        }
    }

    private void closeRetired(Slot<R> slot) {
        R resource = slot.empty();
        try {
            if (resource != null) {
                assert slots.isUnlocked();
                closedCount.incrementAndGet();
                lifecycle.close(resource);
            }
        } finally {
            slot.retiringToEmpty();
        }
    }

    /** Nothing to do: nothing is idle, and what is leased is closed at its return anyhow. */
    @Override
    public void dispose() {}

    /** Nothing to do, as for {@link #dispose}. */
    @Override
    public void disposeAside() {}

    @Override
    public boolean dropIdle(long patienceNanos) {
        return false;
    }

    @Override
    public long longestIdleSince() {
        return NONE_IDLE;
    }

    /** Nothing to do: nothing is lent twice. */
    @Override
    public void invalidateElders(Slot<R> broken) {}

    @Override
    public EngineStats stats() {
        return new EngineStats(0, -1, slots.leased(), 0, 0, opened.get(), closedCount.get());
    }

    @Override
    public long tick(long nowNanos) {
        watch.tick(nowNanos);
        leaks.reclaim(nowNanos);
        slots.observe(leaks, lifecycle, nowNanos);
        slots.settle();
        long left = slots.used();
        if (left == 0) {
            clock.stop();
            // After the clock stands: a place taken before this look is seen, one after it sees the clock at fill().
            left = slots.used();
            if (left != 0) {
                clock.set(nowNanos);
            }
        }
        return left;
    }

    @Override
    public void forEachLeased(Consumer<Slot<R>> visitor) {
        slots.forEachLent(visitor);
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Reclaimer implements Slot.Owner<R> {

        @Override
        public void reclaim(Slot<R> slot, @Nullable Origin origin, long heldNanos) {
            slot.forgetHolder();
            try {
                // Told first: closing waits for a server that may be gone, and whoever waits for what the leak held
                // may end the JVM the moment it is free.
                listener.reclaimed(origin, heldNanos);
            } finally {
                watch.aside(new Runnable() {
                    @Override
                    public void run() {
                        closeRetired(slot);
                    }
                });
            }
        }
    }
}
