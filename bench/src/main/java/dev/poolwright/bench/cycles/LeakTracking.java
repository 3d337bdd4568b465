package dev.poolwright.bench.cycles;

import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.queue.QueuePool;
import dev.poolwright.time.Deadline;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What each borrow pays so that it can be found if it leaks: the pool's cycle without a word to the watch, and with it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LeakTracking {

    /** Of how many borrows one records its stack; 0 = of none. */
    @Param({"0", "64", "1"})
    public int traceEvery;

    private QueuePool<String> pool;

    /** Opens the one resource there is. */
    @Setup
    public void open() throws Exception {
        pool = new QueuePool<>(PoolSettings.DEFAULT.withSize(1), new Nothing(), LeakListener.silent());
        pool.release(pool.checkOut(Deadline.never()));
    }

    /** Closes it. */
    @TearDown
    public void close() {
        pool.close();
    }

    /** Borrowed and given back; what holds it is made, and nobody told. */
    @Benchmark
    public Object untracked() throws Exception {
        Slot<String> slot = take();
        Object holder = new Object();
        giveBack(slot);
        return holder;
    }

    /** The same, told to the watch. */
    @Benchmark
    public Object tracked() throws Exception {
        Slot<String> slot = take();
        Object holder = new Object();
        boolean traced = traceEvery != 0 && slot.endedLeases() % traceEvery == 0;
        slot.lend(holder, traced ? Origin.capture() : null);
        giveBack(slot);
        return holder;
    }

    private Slot<String> take() throws Exception {
        Slot<String> idle = pool.tryAcquireIdle();
        return idle == null ? pool.checkOut(Deadline.never()) : idle;
    }

    private void giveBack(Slot<String> slot) {
        if (!pool.releaseUnshared(slot, slot.word())) {
            pool.release(slot);
        }
    }

    private static final class Nothing implements Lifecycle<String> {

        @Override
        public String open() {
            return "resource";
        }

        @Override
        public boolean isAlive(String resource) {
            return true;
        }

        @Override
        public void close(String resource) {
            // There is nothing to it.
        }
    }
}
