package dev.poolwright.pool.queue;

import dev.poolwright.event.EngineStats;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.LeakWatch;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.CapRule;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.Opening;
import dev.poolwright.pool.Pending;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Receiver;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Slots;
import dev.poolwright.time.CoarseClock;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps resources: hands out idle ones, has the caller open more up to a limit, closes those nobody needs.
 *
 * @param <R> the resource
 */
public final class QueuePool<R> implements Pool<R> {
    /*
     * Shared: the words of the slots, the count of places (Growth), the waiters (Exchange), generation, closed (also
     * there), the coarse clock. Nothing else.
     *
     * P1  places <= size + overflow, plus those of reserveBeyondCap(). A place is counted before its slot is claimed,
     *     and given back after the resource is closed and the slot is EMPTY.                     [PoolBoundsTest]
     * P2  Whoever moves a slot's word out of EMPTY or IDLE owns the slot until it moves it back. The fields of the slot
     *     are written by the owner only and published by that move.                        [SlotOwnerTest, SlotRaces]
     * P3  No lock is held while the lifecycle or a listener runs.                                [DriverRunsUnlockedTest]
     * P4  No waiter sleeps beside an idle slot. Return: publish IDLE, then read waiters. Wait: enlist, then look again.
     *     Both volatile, so one sees the other. Who leaves passes the signal on.      [LostWakeUpTest, ExchangeRaces]
     * P5  No waiter sleeps beside room for one more. As P4, with the count of places in the role of IDLE: every way of
     *     giving a place back ends in Exchange.givePlaceBack().                                  [CapacityReleaseTest]
     * P6  A slot handed to a waiter is taken by it: hand-over and giving up are one compare-and-set on the waiter's
     *     item, and who loses it has a slot.                                             [WaitersTest, ExchangeRaces]
     * P7  Nothing whose opening began before dispose(), close() or a disconnect becomes idle after it. The generation
     *     is noted before the opening. Return: publish IDLE, then read the generation again; dispose: raise it, then
     *     look for idle ones. close() sets closed before that, so who notes the last generation sees closed.
     *                                                                                           [DisposeTest, DisposeRaces]
     * S1  Nothing becomes takable while suspended, and nothing stays untakable after it. A suspension counts among the
     *     waiters. Return: publish IDLE, read the count, put the slot to SUSPENDED, read suspended again; suspend: raise
     *     the count, then look for IDLE ones; resume: clear suspended, then look for SUSPENDED ones. [SuspendTest, ExchangeRaces]
     * P8  A pool with anything leased is ticked. Check-out: leave IDLE, then read the clock; tick: stop the clock, then
     *     look for leased ones again.                                                            [HousekeeperTest]
     */

    @SuppressWarnings("rawtypes")
    private static final AtomicIntegerFieldUpdater<QueuePool> GENERATION =
            AtomicIntegerFieldUpdater.newUpdater(QueuePool.class, "generation");

    /** Held while limits or the suspension change, so that two changes are one after the other. */
    private final Object changing = new Object();

    private volatile PoolSettings settings;
    private final Lifecycle<R> lifecycle;
    private final LeakListener listener;
    private final LeakWatch leaks = new LeakWatch();
    private final Slots<R> slots;
    private final Growth growth;
    private final Exchange<R> exchange;
    private final Expiry<R> expiry;
    private final Retirement<R> retirement;
    private final Punctual<R> punctual;
    private final Housekeeper.Watch watch;
    private final CoarseClock clock;
    private final Ticker ticker;
    /** With more places than this, a return looks whether to close instead. */
    private volatile int ampleAbove;

    private final AtomicLong opened = new AtomicLong();
    private final AtomicReference<@Nullable Reservations<R>> reservations =
            new AtomicReference<>(); // from the first on
    private volatile int generation;

    /** A pool that is ticked by the housekeeper of this JVM. Opens nothing, starts nothing. */
    public QueuePool(PoolSettings settings, Lifecycle<R> lifecycle, LeakListener listener) {
        this(settings, lifecycle, listener, Housekeeper.shared());
    }

    /** A pool with a housekeeper of its own, whose ticker it uses. */
    public QueuePool(PoolSettings settings, Lifecycle<R> lifecycle, LeakListener listener, Housekeeper housekeeper) {
        this(settings, lifecycle, listener, housekeeper, null);
    }

    /** @param order which idle one is next; null = whichever a thread finds first, mostly the one it returned last */
    public QueuePool(
            PoolSettings settings,
            Lifecycle<R> lifecycle,
            LeakListener listener,
            Housekeeper housekeeper,
            @Nullable IdleOrder order) {
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.listener = listener;
        this.ticker = housekeeper.ticker();
        Reclaimer owner = new Reclaimer();
        this.slots = order == null
                ? new Slots<>(owner, settings.size())
                : new OrderedSlots<>(owner, settings.size(), order, ticker);
        this.growth = new Growth(settings.cap(), ticker.nanos());
        this.exchange = new Exchange<>(this, slots, growth, ticker);
        this.expiry = new Expiry<>(slots, settings);
        this.watch = housekeeper.watch(this);
        this.retirement = new Retirement<>(lifecycle, slots, exchange, watch);
        this.punctual = new Punctual<>(this, lifecycle, exchange, retirement, watch);
        this.clock = watch.clock();
        this.ampleAbove = ample(settings);
    }

    private static int ample(PoolSettings settings) {
        return settings.lingerNanos() == 0 ? settings.size() : settings.cap();
    }

    @Override
    public @Nullable Slot<R> tryAcquireIdle() {
        Slot<R> slot = slots.claimIdle();
        if (slot == null) {
            return null;
        }
        long now = clock.nanos();
        if (now != CoarseClock.STOPPED && isFresh(slot, now) && isRested(slot, now) && !exchange.isSuspended()) {
            return slot;
        }
        exchange.putBack(slot);
        return null;
    }

    @Override
    public Slot<R> acquire(Deadline deadline, CapRule atTheCap)
            throws CheckoutTimeoutException, EngineClosedException, InterruptedException {
        if (!deadline.isNever()) {
            return punctual.acquire(deadline, atTheCap);
        }
        Slot<R> slot = slots.claimIdle();
        return readied(slot == null ? exchange.claim(ticker.nanos(), atTheCap) : slot);
    }

    @Override
    public Slot<R> checkOut(Deadline deadline, CapRule atTheCap) throws Exception {
        return deadline.isNever()
                ? Opening.open(this, lifecycle, acquire(deadline, atTheCap))
                : punctual.checkOut(deadline, atTheCap);
    }

    @Override
    public Pending checkOutLater(Deadline deadline, Receiver<R> receiver) {
        return reservations().begin(deadline, receiver, lifecycle.opening());
    }

    private Reservations<R> reservations() {
        Reservations<R> known = reservations.get();
        if (known != null) {
            return known;
        }
        Reservations<R> fresh = new Reservations<>(this, exchange, punctual, watch);
        return reservations.compareAndSet(null, fresh) ? fresh : reservations();
    }

    @Override
    public Slot<R> reserveBeyondCap() {
        growth.reserveBeyondCap();
        Slot<R> place = slots.claimEmpty();
        prepare(place);
        return place;
    }

    /** The slot with a resource that may be used, or without one. */
    Slot<R> readied(Slot<R> slot) throws EngineClosedException {
        boolean kept = false;
        try {
            R resource = slot.resource();
            if (resource != null && !isUsable(slot, resource)) {
                retirement.closeResource(slot);
            }
            if (slot.resource() == null) {
                prepare(slot);
                if (exchange.isClosed()) {
                    throw new EngineClosedException();
                }
            }
            kept = true;
            return slot;
        } finally {
            if (!kept) {
                discard(slot);
            }
        }
    }

    /** Asks it if need be. */
    boolean isUsable(Slot<R> slot, R resource) {
        long now = watch.nanosStarted();
        if (!isFresh(slot, now)) {
            return false;
        }
        assert slots.isUnlocked();
        if (isRested(slot, now) || lifecycle.isAlive(resource)) {
            return true;
        }
        invalidateElders(slot);
        return false;
    }

    /** Whether it may be lent without being asked. */
    boolean isUsableAtOnce(Slot<R> slot) {
        long now = watch.nanosStarted();
        return isFresh(slot, now) && isRested(slot, now);
    }

    /** An idle one of which that is true, or null. */
    @Nullable
    Slot<R> claimUsableAtOnce() {
        return exchange.unlessSuspended(slots.claimIdle(generation, watch.nanos() - settings.pingAfterNanos()));
    }

    private boolean isFresh(Slot<R> slot, long nowNanos) {
        return slot.generation() == generation && !slot.isTooOld(nowNanos);
    }

    /** Whether it was idle so shortly that there is no need to ask. */
    private boolean isRested(Slot<R> slot, long nowNanos) {
        return nowNanos - slot.sinceNanos() < settings.pingAfterNanos();
    }

    /** Notes when and in which generation an opening begins. */
    void prepare(Slot<R> place) {
        int current = generation;
        // In a closed pool a generation that is over, so that the resource is closed at its return (P7).
        place.openingBegins(exchange.isClosed() ? current - 1 : current, ticker.nanos());
    }

    @Override
    public void fill(Slot<R> slot, R resource) {
        slot.lease("on with a resource");
        slot.requireEmpty();
        growth.prospect().opened(ticker.nanos() - slot.sinceNanos());
        put(resource, slot);
    }

    /** Takes what was opened in {@code begunIn} for a place that it has no more; closes it if there is no other. */
    void takeLate(R resource, int begunIn) {
        if (exchange.isClosed() || !growth.reserve()) {
            opened.incrementAndGet();
            retirement.closeResource(resource);
            return;
        }
        Slot<R> place = slots.claimEmpty();
        place.openingBegins(begunIn, ticker.nanos());
        put(resource, place);
        release(place);
    }

    private void put(R resource, Slot<R> place) {
        place.fill(resource, ticker.nanos(), ageLimit());
        opened.incrementAndGet();
        punctual.opened();
        watch.start();
    }

    /** Up to a tenth below the setting, so that what was opened together is not replaced together. */
    private long ageLimit() {
        long recycle = settings.recycleNanos();
        return recycle == PoolSettings.NEVER
                ? recycle
                : recycle - ThreadLocalRandom.current().nextLong(recycle / 10 + 1);
    }

    @Override
    public void abandon(Slot<R> slot) {
        slot.requireEmpty();
        discard(slot);
    }

    @Override
    public void discard(Slot<R> slot) {
        retire(slot, slot.lease("from LEASED to RETIRING"));
    }

    @Override
    public void release(Slot<R> slot) {
        int lease = slot.lease("from LEASED to IDLE");
        int opening = slot.generation();
        if (slot.resource() == null) {
            throw new IllegalStateException(slot + " has no resource: abandon it");
        }
        if (opening != generation || (growth.places() > ampleAbove && isSurplus())) {
            retire(slot, lease);
            return;
        }
        slot.forgetHolder();
        slots.cameBack(slot, watch.nanos());
        closeIfStale(slot, exchange.give(slot, lease), opening);
    }

    @Override
    public boolean releaseUnshared(Slot<R> slot, int lease) {
        int opening = slot.generation();
        if (opening != generation || growth.places() > ampleAbove || exchange.isAwaited()) {
            return false;
        }
        // If somebody shares the lease now, it goes on without a holder for as long as it takes to end it otherwise.
        slot.forgetHolder();
        slots.cameBack(slot, watch.nanos());
        int idle = exchange.publishUnshared(slot, lease);
        closeIfStale(slot, idle, opening);
        return idle != Slot.NOT_IDLE;
    }

    private boolean isSurplus() {
        return growth.isAboveCap()
                || (settings.lingerNanos() == 0 && !exchange.isAwaited() && slots.idle() >= settings.size());
    }

    /**
     * After a slot became idle, whose resource is of generation {@code opening}: the other order misses a dispose() that came
     * in between and found the slot taken (P7).
     */
    void closeIfStale(Slot<R> slot, int idleWord, int opening) {
        if (generation != opening && slot.idleToRetiring(idleWord)) {
            retirement.close(slot);
        }
    }

    private void retire(Slot<R> slot, int lease) {
        slot.forgetHolder();
        if (slot.leasedToRetiring(lease)) {
            retirement.close(slot);
        }
    }

    @Override
    public void dispose() {
        int current = GENERATION.incrementAndGet(this);
        for (Slot<R> idle = expiry.retireStale(current); idle != null; idle = expiry.retireStale(current)) {
            retirement.close(idle);
        }
    }

    @Override
    public void invalidateAll() {
        GENERATION.incrementAndGet(this);
    }

    @Override
    public void disposeAside() {
        int current = GENERATION.incrementAndGet(this);
        for (Slot<R> idle = expiry.retireStale(current); idle != null; idle = expiry.retireStale(current)) {
            retirement.closeAside(idle);
        }
    }

    @Override
    public void disposeWithoutClosing() {
        int current = GENERATION.incrementAndGet(this);
        for (Slot<R> idle = expiry.retireStale(current); idle != null; idle = expiry.retireStale(current)) {
            retirement.letGo(idle);
        }
    }

    @Override
    public void awaitClosed(long patienceNanos) {
        retirement.await(patienceNanos);
    }

    @Override
    public boolean dropIdle(long patienceNanos) {
        Slot<R> idle = expiry.retireLeastRecentlyUsed();
        if (idle == null) {
            return false;
        }
        retirement.closeAside(idle);
        retirement.await(patienceNanos);
        return true;
    }

    @Override
    public long longestIdleSince() {
        return expiry.longestIdleSince();
    }

    @Override
    public void invalidateElders(Slot<R> broken) {
        // Only the first of its generation that is found broken: what was opened since is not to be condemned with it.
        GENERATION.compareAndSet(this, broken.generation(), broken.generation() + 1);
    }

    @Override
    public void close() {
        exchange.close();
        dispose();
    }

    @Override
    public void closeAside(long patienceNanos) {
        exchange.close();
        disposeAside();
        retirement.await(patienceNanos);
    }

    @Override
    public void suspend() {
        synchronized (changing) {
            exchange.suspend();
        }
    }

    @Override
    public void resume() {
        synchronized (changing) {
            exchange.resume();
        }
    }

    @Override
    public boolean isSuspended() {
        return exchange.isSuspended();
    }

    @Override
    public void resize(int size, int overflow) {
        synchronized (changing) {
            PoolSettings resized = settings.withSize(size).withOverflow(overflow);
            settings = resized;
            expiry.settings(resized);
            slots.keep(size);
            ampleAbove = ample(resized);
            growth.cap(resized.cap());
        }
        // After the limits: who waits looks at those that count now (P5).
        exchange.signalAll();
        closeSurplus();
    }

    /** Idle ones that would not have been kept; what is leased beyond the limits is closed when it comes back. */
    private void closeSurplus() {
        PoolSettings now = settings;
        int surplus = Math.max(growth.surplus(), now.lingerNanos() == 0 ? slots.idle() - now.size() : 0);
        for (; surplus > 0; surplus--) {
            Slot<R> idle = expiry.retireLeastRecentlyUsed();
            if (idle == null) {
                return;
            }
            retirement.closeAside(idle);
        }
        watch.start(); // those that linger
    }

    @Override
    public EngineStats stats() {
        PoolSettings now = settings;
        return new EngineStats(
                now.size(),
                now.overflow(),
                slots.leased(),
                slots.idle(),
                exchange.waiting(),
                opened.get(),
                retirement.closed());
    }

    @Override
    public void forEachLeased(Consumer<Slot<R>> visitor) {
        slots.forEachLent(visitor);
    }

    @Override
    public long tick(long nowNanos) {
        watch.tick(nowNanos);
        leaks.reclaim(nowNanos);
        slots.observe(leaks, lifecycle, nowNanos);
        growth.sample(slots.endedLeases(), nowNanos);
        punctual.writeOffStuck(nowNanos);
        for (Slot<R> idle = expiry.retireExpired(nowNanos); idle != null; idle = expiry.retireExpired(nowNanos)) {
            retirement.closeAside(idle);
        }
        slots.settle();
        long left = toWatch();
        if (left == 0) {
            clock.stop();
            // After the clock stands: a check-out before this look is seen, one after it sees the clock (P8).
            left = toWatch();
            if (left != 0) {
                clock.set(nowNanos);
            }
        }
        return left;
    }

    private long toWatch() {
        return expiry.isPending() ? slots.used() : slots.busy();
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
                retirement.closeAside(slot);
            }
        }
    }
}
