package dev.poolwright.pool;

import dev.poolwright.event.EngineStats;
import dev.poolwright.house.Alarms;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.LeakWatch;
import dev.poolwright.leak.Origin;
import dev.poolwright.time.CoarseClock;
import dev.poolwright.time.Deadline;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<LaterOpening<R>> pending = ConcurrentHashMap.newKeySet();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closedCount = new AtomicLong();
    private volatile boolean closed;
    private volatile @Nullable Alarms alarms; // from the first on that are set

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
    public Slot<R> acquire(Deadline deadline, CapRule atTheCap) throws EngineClosedException {
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
    public Slot<R> checkOut(Deadline deadline, CapRule atTheCap) throws Exception {
        return deadline.isNever()
                ? Opening.open(this, lifecycle, acquire(deadline, atTheCap))
                : openedInTime(lifecycle.opening(), deadline, atTheCap);
    }

    private Slot<R> openedInTime(Callable<R> opening, Deadline deadline, CapRule atTheCap) throws Exception {
        Slot<R> place = acquire(deadline, atTheCap);
        long since = watch.ticker().nanos();
        Waiter<R> me = Waiter.served(since);
        OpeningErrand errand = new OpeningErrand(place, me, opening);
        errand.startOn(watch);
        Slot<R> opened = errand.await(me, deadline);
        Throwable failure = errand.failure();
        if (opened == null && failure != null) {
            throw Errand.forCaller(failure);
        }
        if (opened == null) {
            throw timedOut(since);
        }
        return opened;
    }

    @Override
    public Pending checkOutLater(Deadline deadline, Receiver<R> receiver) {
        long since = watch.ticker().nanos();
        LaterOpening<R> later = new LaterOpening<>(receiver, since, pending);
        try {
            // The opening before the place, which would stay taken where there is none. Enlisted before the look
            // whether this is closed: the other order leaves out one that begins as it is being closed.
            Callable<R> opening = lifecycle.opening();
            pending.add(later);
            OpeningErrand errand = new OpeningErrand(acquire(deadline, CapRule.WAIT), later.waiter(), opening);
            errand.startOn(watch);
            errand.hurry();
            return errand.awaitedBy(later, deadline, since);
        } catch (EngineClosedException | RuntimeException | Error failure) {
            return later.failed(failure);
        }
    }

    private CheckoutTimeoutException timedOut(long since) {
        long waited = watch.ticker().nanos() - since;
        return new CheckoutTimeoutException(stats(), waited, 1, waited, null);
    }

    private Alarms alarms() {
        Alarms known = alarms;
        if (known == null) {
            known = watch.alarms(); // a race costs a thread
            alarms = known;
        }
        return known;
    }

    private final class OpeningErrand extends Errand<R> {

        OpeningErrand(Slot<R> place, Waiter<R> waiter, Callable<R> opening) {
            super(place, waiter, opening);
        }

        /** What was opened, or null: it has failed, or takes too long. An interrupt does not end it, as in the driver. */
        @Nullable
        Slot<R> await(Waiter<R> me, Deadline deadline) {
            boolean interrupted = false;
            while (me.handed() == null && failure() == null && !deadline.isPast()) {
                interrupted |= Thread.interrupted();
                park(deadline);
            }
            hurry();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return me.giveUp() ? null : me.handed();
        }

        Pending awaitedBy(LaterOpening<R> later, Deadline deadline, long since) {
            return later.awaits(this, deadline, alarms(), () -> timedOut(since));
        }

        @Override
        protected boolean isUsable(Slot<R> looked) {
            return false;
        }

        @Override
        protected void begin(Slot<R> unusable) {}

        @Override
        protected void fill(Slot<R> empty, R opened) {
            NullPool.this.fill(empty, opened);
        }

        @Override
        protected boolean handOver(Waiter<R> to, Slot<R> ready) {
            boolean taken = to.offer(ready);
            to.wake();
            return taken;
        }

        @Override
        protected void giveBack(Slot<R> unwanted) {
            discard(unwanted);
        }

        @Override
        protected void giveUp(Slot<R> broken, Throwable thrown) {
            discard(broken);
        }

        /** Never happens: there is room without end, so no place is taken away. */
        @Override
        protected void openedTooLate(R opened) {
            lifecycle.close(opened);
        }

        @Override
        protected void ended() {}
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

    /** Nothing to do: nothing is idle. */
    @Override
    public void disposeWithoutClosing() {}

    /** Nothing to wait for: nothing is idle. */
    @Override
    public void awaitClosed(long patienceNanos) {}

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

    /** Nothing to do: nothing is lent twice. */
    @Override
    public void invalidateAll() {}

    /** @throws UnsupportedOperationException nobody waits here */
    @Override
    public void suspend() {
        throw new UnsupportedOperationException("nobody waits for a pool that keeps nothing: it cannot be suspended");
    }

    /** Nothing to do. */
    @Override
    public void resume() {}

    @Override
    public boolean isSuspended() {
        return false;
    }

    @Override
    public void resize(int size, int overflow) {
        throw new UnsupportedOperationException("a pool that keeps nothing has no size");
    }

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
        for (LaterOpening<R> each : pending) {
            each.failed(new EngineClosedException());
        }
    }

    @Override
    public void closeAside(long patienceNanos) {
        close();
    }

    private final class Reclaimer implements Slot.Owner<R> {

        @Override
        public void reclaim(Slot<R> slot, @Nullable Origin origin, long heldNanos) {
            slot.forgetHolder();
            try {
                // Told first: closing waits for a server that may be gone, and whoever waits for what the leak held
                // may end the JVM the moment it is free.
                listener.reclaimed(slot.resource(), origin, heldNanos);
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
