package dev.poolwright.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until it is moved. */
public final class FakeTicker implements Ticker {

    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

    private final AtomicReference<Interruption> interruption = new AtomicReference<>();

    private record Interruption(Thread reader, Runnable action) {}

    /** Runs an action inside the next reading by that thread, once: what happens at the worst moment. */
    public void atNextReadingBy(Thread reader, Runnable action) {
        interruption.set(new Interruption(reader, action));
    }

    @Override
    public long nanos() {
        Interruption due = interruption.get();
        if (due != null && due.reader() == Thread.currentThread() && interruption.compareAndSet(due, null)) {
            due.action().run();
        }
        return nanos.get();
    }

    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }
}
