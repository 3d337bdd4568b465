package dev.poolwright.pool;

import dev.poolwright.event.EngineStats;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.time.Deadline;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Not written yet. */
public final class NullPool<R> implements Pool<R> {
    public NullPool(Lifecycle<R> lifecycle, LeakListener leaks) {}
    public NullPool(Lifecycle<R> lifecycle, LeakListener leaks, Housekeeper housekeeper) {}
    private static UnsupportedOperationException todo() { return new UnsupportedOperationException(); }
    @Override public Slot<R> acquire(Deadline deadline) throws CheckoutTimeoutException, EngineClosedException, InterruptedException { throw todo(); }
    @Override public @Nullable Slot<R> tryAcquireIdle() { throw todo(); }
    @Override public Slot<R> checkOut(Deadline deadline) throws Exception { throw todo(); }
    @Override public Slot<R> reserveBeyondCap() { throw todo(); }
    @Override public void fill(Slot<R> slot, R resource) { throw todo(); }
    @Override public void abandon(Slot<R> slot) { throw todo(); }
    @Override public void release(Slot<R> slot) { throw todo(); }
    @Override public void discard(Slot<R> slot) { throw todo(); }
    @Override public void dispose() { throw todo(); }
    @Override public boolean dropIdle() { throw todo(); }
    @Override public void invalidateElders(Slot<R> broken) { throw todo(); }
    @Override public EngineStats stats() { throw todo(); }
    @Override public long tick(long nowNanos) { throw todo(); }
    @Override public void forEachLeased(Consumer<Slot<R>> visitor) { throw todo(); }
    @Override public void close() { throw todo(); }
}
