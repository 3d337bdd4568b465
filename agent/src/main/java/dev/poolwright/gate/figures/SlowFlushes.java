package dev.poolwright.gate.figures;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The latest flushes that took long. Any thread; a thread waits for another one only where both were slow. */
public final class SlowFlushes {

    /** What is slow: 100 ms, as with {@code span.wait}. */
    public static final long FROM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int KEPT = 50;

    private final Object lock = new Object();
    private final Deque<SlowFlush> newestFirst = new ArrayDeque<>(); // guarded by lock
    private long count; // guarded by lock

    SlowFlushes() {}

    void add(SlowFlush slow) {
        synchronized (lock) {
            count++;
            newestFirst.addFirst(slow);
            if (newestFirst.size() > KEPT) {
                newestFirst.removeLast();
            }
        }
    }

    List<SlowFlush> newestFirst() {
        synchronized (lock) {
            return new ArrayList<>(newestFirst);
        }
    }

    long count() {
        synchronized (lock) {
            return count;
        }
    }
}
