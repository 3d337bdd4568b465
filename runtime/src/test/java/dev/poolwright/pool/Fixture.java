package dev.poolwright.pool;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.queue.QueuePool;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.FakeTicker;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the tests of this package share: a stub, a clock that is moved by hand, a housekeeper without a thread. */
public final class Fixture {

    public static final Deadline NEVER = Deadline.never();

    /** Keeps 2, opens 1 beyond, and does nothing on its own. */
    public static final PoolSettings STILL = PoolSettings.DEFAULT
            .withSize(2)
            .withOverflow(1)
            .withRecycle(Duration.ZERO)
            .withPingAfter(Duration.ZERO)
            .withIdleTimeout(Duration.ZERO)
            .withLinger(Duration.ofSeconds(5));

    public final StubLifecycle db = new StubLifecycle();
    public final FakeTicker ticker = new FakeTicker();
    public final Housekeeper housekeeper = new Housekeeper(ticker, 0);

    public QueuePool<String> pool(PoolSettings settings) {
        return new QueuePool<>(settings, db, LeakListener.silent(), housekeeper);
    }

    /** A pool whose clock is the machine's. */
    public QueuePool<String> livePool(PoolSettings settings) {
        return new QueuePool<>(settings, db, LeakListener.silent(), new Housekeeper(Ticker.SYSTEM, 0));
    }

    public static Deadline in(Duration wait) {
        return Deadline.in(wait, Ticker.SYSTEM);
    }

    public static Deadline now() {
        return in(Duration.ZERO);
    }

    /** Moves the clock and ticks. */
    public void pass(Duration time) {
        ticker.advance(time);
        housekeeper.tickAll();
    }

    public static List<Slot<String>> checkOut(Pool<String> pool, int count) throws Exception {
        List<Slot<String>> slots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(pool.checkOut(NEVER));
        }
        return slots;
    }

    public static void release(Pool<String> pool, List<Slot<String>> slots) {
        for (Slot<String> slot : slots) {
            pool.release(slot);
        }
    }

    /** Runs on a thread of its own. */
    public static <T> Running<T> async(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Running<>(thread, result);
    }

    public record Running<T>(Thread thread, CompletableFuture<T> result) {

        public T get() throws Exception {
            return result.get(10, TimeUnit.SECONDS);
        }
    }

    /** Returns once {@code count} threads wait and none of them is about to look again. */
    public static void awaitWaiters(Pool<?> pool, int count, Running<?>... parked) {
        eventually(() -> pool.stats().waiting() == count);
        for (Running<?> running : parked) {
            eventually(() -> running.thread().getState() == Thread.State.WAITING
                    || running.thread().getState() == Thread.State.TIMED_WAITING);
        }
    }

    /** Spins, so that several threads go on at the same moment; yields where there are fewer cores than threads. */
    @SuppressWarnings("ThreadPriorityCheck")
    public static void spinUntil(BooleanSupplier claim) {
        for (int spin = 0; !claim.getAsBoolean(); spin++) {
            if (spin < 500) {
                Thread.onSpinWait();
            } else if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted, most likely by the time-out of the test");
            } else {
                Thread.yield();
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    public static void eventually(BooleanSupplier claim) {
        long start = Ticker.SYSTEM.nanos();
        while (!claim.getAsBoolean()) {
            if (Ticker.SYSTEM.nanos() - start > TimeUnit.SECONDS.toNanos(10)) {
                throw new AssertionError("did not happen within 10 s");
            }
            Thread.yield();
        }
    }
}
