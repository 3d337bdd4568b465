package dev.poolwright.pool.single;

import dev.poolwright.event.EngineStats;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.CapRule;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.Pending;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Receiver;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.queue.QueuePool;
import dev.poolwright.time.Deadline;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one resource for everybody: whoever asks while it is lent waits. It is opened when it is first asked for, does
 * not expire, and is replaced only when it is broken, discarded or {@linkplain #dispose disposed of}; for databases that live
 * as long as their connection.
 *
 * <p>A thread that has it and asks again waits for itself, until its deadline: a second one would be another database.
 *
 * @param <R> the resource
 */
public class StaticPool<R> implements Pool<R> {

    private final QueuePool<R> one;

    /** A pool that is ticked by {@code housekeeper}. Of {@code settings} it takes when an idle resource is pinged. */
    public StaticPool(PoolSettings settings, Lifecycle<R> lifecycle, LeakListener listener, Housekeeper housekeeper) {
        one = new QueuePool<>(
                settings.withSize(1)
                        .withOverflow(0)
                        .withLinger(Duration.ZERO)
                        .withIdleTimeout(Duration.ZERO)
                        .withRecycle(Duration.ZERO),
                lifecycle,
                listener,
                housekeeper);
    }

    @Override
    public Slot<R> acquire(Deadline deadline, CapRule atTheCap)
            throws CheckoutTimeoutException, EngineClosedException, InterruptedException {
        return one.acquire(deadline, new Told(atTheCap));
    }

    @Override
    public @Nullable Slot<R> tryAcquireIdle() {
        return one.tryAcquireIdle();
    }

    @Override
    public Slot<R> checkOut(Deadline deadline, CapRule atTheCap) throws Exception {
        return one.checkOut(deadline, new Told(atTheCap));
    }

    @Override
    public Pending checkOutLater(Deadline deadline, Receiver<R> receiver) {
        return one.checkOutLater(deadline, receiver);
    }

    /** The rule is told of a thread that waits for itself, and cannot have it exceed the cap. */
    private static final class Told implements CapRule {

        private final CapRule rule;

        Told(CapRule rule) {
            this.rule = rule;
        }

        @Override
        public boolean mayExceed() {
            rule.mayExceed();
            return false;
        }
    }

    /** For a resource that is open already: the one, or, if that is lent, one that is closed at its return. */
    @Override
    public Slot<R> reserveBeyondCap() {
        return one.reserveBeyondCap();
    }

    @Override
    public void fill(Slot<R> slot, R resource) {
        one.fill(slot, resource);
    }

    @Override
    public void abandon(Slot<R> slot) {
        one.abandon(slot);
    }

    @Override
    public void release(Slot<R> slot) {
        one.release(slot);
    }

    @Override
    public boolean releaseUnshared(Slot<R> slot, int lease) {
        return one.releaseUnshared(slot, lease);
    }

    @Override
    public void discard(Slot<R> slot) {
        one.discard(slot);
    }

    @Override
    public void dispose() {
        one.dispose();
    }

    @Override
    public void disposeAside() {
        one.disposeAside();
    }

    @Override
    public void disposeWithoutClosing() {
        one.disposeWithoutClosing();
    }

    @Override
    public void awaitClosed(long patienceNanos) {
        one.awaitClosed(patienceNanos);
    }

    /** Always false: it is not given up to make room for others. */
    @Override
    public boolean dropIdle(long patienceNanos) {
        return false;
    }

    @Override
    public long longestIdleSince() {
        return NONE_IDLE;
    }

    @Override
    public void invalidateElders(Slot<R> broken) {
        one.invalidateElders(broken);
    }

    @Override
    public void invalidateAll() {
        one.invalidateAll();
    }

    @Override
    public void suspend() {
        one.suspend();
    }

    @Override
    public void resume() {
        one.resume();
    }

    @Override
    public boolean isSuspended() {
        return one.isSuspended();
    }

    @Override
    public void resize(int size, int overflow) {
        throw new UnsupportedOperationException("a pool of one has one");
    }

    @Override
    public EngineStats stats() {
        return one.stats();
    }

    @Override
    public long tick(long nowNanos) {
        return one.tick(nowNanos);
    }

    @Override
    public void forEachLeased(Consumer<Slot<R>> visitor) {
        one.forEachLeased(visitor);
    }

    @Override
    public void close() {
        one.close();
    }

    @Override
    public void closeAside(long patienceNanos) {
        one.closeAside(patienceNanos);
    }
}
