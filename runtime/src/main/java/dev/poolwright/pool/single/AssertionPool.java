package dev.poolwright.pool.single;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.AlreadyLeasedException;
import dev.poolwright.pool.CapRule;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.Pending;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Receiver;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lends one resource at a time and refuses whoever asks for a second one meanwhile, naming the line that has the first:
 * for tests of code that is meant to need one only.
 *
 * @param <R> the resource
 */
public final class AssertionPool<R> extends StaticPool<R> {

    /** Leases, and check-outs under way; more than one only by {@link #reserveBeyondCap}. */
    private final AtomicInteger leases;

    private volatile boolean closed;

    /** A pool that is ticked by {@code housekeeper}. Of {@code settings} it takes when an idle resource is pinged. */
    public AssertionPool(
            PoolSettings settings, Lifecycle<R> lifecycle, LeakListener listener, Housekeeper housekeeper) {
        this(new AtomicInteger(), settings, lifecycle, listener, housekeeper);
    }

    private AssertionPool(
            AtomicInteger leases,
            PoolSettings settings,
            Lifecycle<R> lifecycle,
            LeakListener listener,
            Housekeeper housekeeper) {
        super(settings, lifecycle, new Reclaimed(leases, listener), housekeeper);
        this.leases = leases;
    }

    /** @throws AlreadyLeasedException the one is lent */
    @Override
    public Slot<R> acquire(Deadline deadline, CapRule atTheCap)
            throws CheckoutTimeoutException, EngineClosedException, InterruptedException {
        begin();
        boolean begun = false;
        try {
            Slot<R> slot = super.acquire(deadline, CapRule.WAIT);
            begun = true;
            return slot;
        } finally {
            if (!begun) {
                end(leases);
            }
        }
    }

    /** @throws AlreadyLeasedException the one is lent */
    @Override
    public Slot<R> checkOut(Deadline deadline, CapRule atTheCap) throws Exception {
        begin();
        boolean begun = false;
        try {
            Slot<R> slot = super.checkOut(deadline, CapRule.WAIT);
            begun = true;
            return slot;
        } finally {
            if (!begun) {
                end(leases);
            }
        }
    }

    /** Its receiver is refused with an {@link AlreadyLeasedException} where the one is lent. */
    @Override
    public Pending checkOutLater(Deadline deadline, Receiver<R> receiver) {
        try {
            begin();
        } catch (AlreadyLeasedException | EngineClosedException refused) {
            receiver.refused(refused);
            return () -> {};
        }
        boolean begun = false;
        try {
            Pending pending = super.checkOutLater(deadline, new Receiver<R>() {
                @Override
                public void receive(Slot<R> slot) {
                    receiver.receive(slot);
                }

                @Override
                public void refused(Throwable why) {
                    end(leases);
                    receiver.refused(why);
                }
            });
            begun = true;
            return pending;
        } finally {
            if (!begun) {
                end(leases);
            }
        }
    }

    @Override
    public @Nullable Slot<R> tryAcquireIdle() {
        if (!leases.compareAndSet(0, 1)) {
            return null;
        }
        Slot<R> slot = super.tryAcquireIdle();
        if (slot == null) {
            end(leases);
        }
        return slot;
    }

    private void begin() throws AlreadyLeasedException, EngineClosedException {
        if (closed) {
            throw new EngineClosedException();
        }
        if (!leases.compareAndSet(0, 1)) {
            First<R> first = new First<>();
            forEachLeased(first);
            throw new AlreadyLeasedException(stats(), first.origin);
        }
    }

    private static final class First<R> implements Consumer<Slot<R>> {

        private @Nullable Origin origin;

        @Override
        public void accept(Slot<R> slot) {
            Origin known = slot.origin();
            origin = known == null ? origin : known;
        }
    }

    @Override
    public Slot<R> reserveBeyondCap() {
        leases.incrementAndGet();
        return super.reserveBeyondCap();
    }

    @Override
    public void abandon(Slot<R> slot) {
        super.abandon(slot);
        end(leases);
    }

    @Override
    public void release(Slot<R> slot) {
        super.release(slot);
        end(leases);
    }

    @Override
    public boolean releaseUnshared(Slot<R> slot, int lease) {
        boolean released = super.releaseUnshared(slot, lease);
        if (released) {
            end(leases);
        }
        return released;
    }

    @Override
    public void discard(Slot<R> slot) {
        super.discard(slot);
        end(leases);
    }

    @Override
    public void close() {
        closed = true;
        super.close();
    }

    @Override
    public void closeAside(long patienceNanos) {
        closed = true;
        super.closeAside(patienceNanos);
    }

    /** After the slot is idle: who comes then finds it. Never below zero: a lease may be reclaimed as it is given back. */
    private static void end(AtomicInteger leases) {
        int now = leases.get();
        while (now > 0 && !leases.compareAndSet(now, now - 1)) {
            now = leases.get();
        }
    }

    private static final class Reclaimed implements LeakListener {

        private final AtomicInteger leases;
        private final LeakListener listener;

        Reclaimed(AtomicInteger leases, LeakListener listener) {
            this.leases = leases;
            this.listener = listener;
        }

        @Override
        public void reclaimed(@Nullable Origin origin, long heldNanos) {
            reclaimed(null, origin, heldNanos);
        }

        @Override
        public void reclaimed(@Nullable Object resource, @Nullable Origin origin, long heldNanos) {
            end(leases);
            listener.reclaimed(resource, origin, heldNanos);
        }
    }
}
