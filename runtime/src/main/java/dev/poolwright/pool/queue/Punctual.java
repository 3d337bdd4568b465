package dev.poolwright.pool.queue;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.pool.CapRule;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Errand;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Waiter;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The check-outs that have a deadline: what may hang in the driver is done by errands on other threads, so that the
 * caller waits for nothing but a slot and its deadline. Any thread.
 *
 * @param <R> the resource
 */
final class Punctual<R> {

    private final QueuePool<R> pool;
    private final Lifecycle<R> lifecycle;
    private final Exchange<R> exchange;
    private final Retirement<R> retirement;
    private final Housekeeper.Watch watch;
    private final Ticker ticker;
    private final Errands<R> errands = new Errands<>();

    Punctual(
            QueuePool<R> pool,
            Lifecycle<R> lifecycle,
            Exchange<R> exchange,
            Retirement<R> retirement,
            Housekeeper.Watch watch) {
        this.pool = pool;
        this.lifecycle = lifecycle;
        this.exchange = exchange;
        this.retirement = retirement;
        this.watch = watch;
        this.ticker = watch.ticker();
    }

    /** A slot with a resource that is known to be alive, or an empty one. */
    Slot<R> acquire(Deadline deadline, CapRule atTheCap)
            throws CheckoutTimeoutException, EngineClosedException, InterruptedException {
        try {
            return slot(deadline, atTheCap, false);
        } catch (CheckoutTimeoutException | EngineClosedException | InterruptedException | RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException("nothing was to be opened", impossible);
        }
    }

    /** A slot with a resource. */
    Slot<R> checkOut(Deadline deadline, CapRule atTheCap) throws Exception {
        return slot(deadline, atTheCap, true);
    }

    private Slot<R> slot(Deadline deadline, CapRule atTheCap, boolean opens) throws Exception {
        long since = ticker.nanos();
        Slot<R> slot = exchange.claimIdle();
        for (; ; ) {
            if (slot == null) {
                slot = exchange.claim(deadline, since, atTheCap);
            }
            if (slot == null) {
                throw timedOut(since);
            }
            R resource = slot.resource();
            if (resource != null && pool.isUsableAtOnce(slot)) {
                return slot;
            }
            if (resource == null && !opens) {
                return pool.readied(slot);
            }
            if (deadline.isPast()) {
                exchange.giveBack(slot);
                throw timedOut(since);
            }
            Waiter<R> me = Waiter.served(since);
            Errand<R> errand = begun(slot, me, opens ? opening(slot) : null);
            slot = exchange.await(errand, me, pool.claimUsableAtOnce(), deadline);
            Throwable failure = errand.failure();
            if (slot == null && failure != null) {
                throw Errand.forCaller(failure);
            }
            if (slot == null && !errand.isInVain()) {
                throw timedOut(since);
            }
            if (slot != null && slot == errand.slot() && slot.resource() != null) {
                return slot; // asked or opened just now: to look at its rest again would be to ask it for ever
            }
        }
    }

    private Callable<R> opening(Slot<R> place) {
        Callable<R> opening = null;
        try {
            opening = lifecycle.opening();
            return opening;
        } finally {
            if (opening == null) {
                pool.discard(place);
            }
        }
    }

    /** Has {@code slot}, which is the caller's no more, made ready for {@code waiter}, which is enlisted. */
    Errand<R> begun(Slot<R> slot, Waiter<R> waiter, @Nullable Callable<R> opening) {
        Readying errand = null;
        try {
            errand = new Readying(slot, waiter, opening);
        } finally {
            if (errand == null) {
                pool.discard(slot);
            }
        }
        // Before anything is begun: what comes back from now on is this caller's as well.
        exchange.enlist(waiter);
        errands.begun(errand, ticker.nanos());
        boolean started = false;
        try {
            watch.start();
            errand.startOn(watch);
            started = true;
            return errand;
        } finally {
            if (!started) {
                errands.ended(errand);
                exchange.dismiss(waiter);
            }
        }
    }

    CheckoutTimeoutException timedOut(long since) {
        long now = ticker.nanos();
        return new CheckoutTimeoutException(
                pool.stats(), now - since, errands.count(), errands.longestNanos(now), errands.lastFailure());
    }

    /** An opening has succeeded. */
    void opened() {
        errands.outcome(null);
    }

    /** At each tick. */
    void writeOffStuck(long nowNanos) {
        for (Slot<R> stuck = errands.writeOffStuck(nowNanos); stuck != null; stuck = errands.writeOffStuck(nowNanos)) {
            // The place first: the driver may hold up the end of what it has not yet answered for.
            R silent = stuck.empty();
            pool.discard(stuck);
            if (silent != null) {
                retirement.closeAside(silent);
            }
        }
    }

    /** Looks at an idle resource, replaces it if need be, and opens where there is none. */
    private final class Readying extends Errand<R> {

        private int begunIn; // of the errand's thread

        Readying(Slot<R> slot, Waiter<R> waiter, @Nullable Callable<R> opening) {
            super(slot, waiter, opening);
        }

        @Override
        protected boolean isUsable(Slot<R> looked) {
            R resource = looked.resource();
            return resource != null && pool.isUsable(looked, resource);
        }

        @Override
        protected void begin(Slot<R> unusable) {
            R resource = unusable.empty();
            pool.prepare(unusable);
            begunIn = unusable.generation();
            if (resource != null) {
                retirement.closeResource(resource);
            }
        }

        @Override
        protected void fill(Slot<R> empty, R opened) {
            pool.fill(empty, opened);
        }

        @Override
        protected boolean handOver(Waiter<R> to, Slot<R> ready) {
            return exchange.handTo(to, ready);
        }

        @Override
        protected void giveBack(Slot<R> unwanted) {
            if (unwanted.resource() == null) {
                pool.discard(unwanted);
            } else {
                pool.release(unwanted);
            }
        }

        @Override
        protected void giveUp(Slot<R> broken, Throwable thrown) {
            errands.outcome(thrown);
            pool.discard(broken);
        }

        @Override
        protected void openedTooLate(R opened) {
            pool.takeLate(opened, begunIn);
        }

        @Override
        protected void ended() {
            errands.ended(this);
        }
    }
}
