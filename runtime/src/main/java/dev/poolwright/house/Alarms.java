package dev.poolwright.house;

import dev.poolwright.time.Deadline;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when a deadline is past, for those who wait for it without a thread: one thread for all of them, while there are
 * any. Lock-free; any thread.
 */
public final class Alarms {
    /*
     * Shared: pending, isAwake, sleeper.
     *
     * A1  While anything is pending there is a thread that looks. Who adds: add, then read isAwake; the thread: clear isAwake,
     *     then look again. Both volatile, so one sees the other. AlarmsTest tries, but was not seen to fail without the second
     *     look: the moment is too short.
     * A2  It sleeps no longer than to the first deadline: who adds one that is the first wakes it.        [AlarmsTest]
     * A3  What is called may throw: that is counted, and the thread goes on. It would end as if it were awake.    [AlarmsTest]
     */

    private final Executor threads;
    private final AtomicLong failures;
    private final ConcurrentSkipListSet<Alarm> pending = new ConcurrentSkipListSet<>();
    private final AtomicBoolean isAwake = new AtomicBoolean();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable Thread sleeper;

    /**
     * @param threads  runs the one thread
     * @param failures counts what threw
     */
    Alarms(Executor threads, AtomicLong failures) {
        this.threads = threads;
        this.failures = failures;
    }

    /** One that is set. */
    public static final class Alarm implements Comparable<Alarm> {

        private final Deadline deadline;
        private final long number;
        private final Runnable call;

        private Alarm(Deadline deadline, long number, Runnable call) {
            this.deadline = deadline;
            this.number = number;
            this.call = call;
        }

        @Override
        public int compareTo(Alarm other) {
            int byTime = deadline.compareWith(other.deadline);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    /** Has {@code call} called once {@code deadline}, which is not never, is past. It must not block. */
    public Alarm set(Deadline deadline, Runnable call) {
        Alarm alarm = new Alarm(deadline, numbers.incrementAndGet(), call);
        pending.add(alarm);
        if (isAwake.compareAndSet(false, true)) {
            start();
        } else {
            Alarm first = firstOrNull();
            if (first != null && first.number == alarm.number) {
                LockSupport.unpark(sleeper);
            }
        }
        return alarm;
    }

    private void start() {
        boolean started = false;
        try {
            threads.execute(this::look);
            started = true;
        } finally {
            if (!started) {
                isAwake.set(false); // no memory for a thread: who comes next tries again
            }
        }
    }

    /** It is not called any more, unless it is being called. The thread ends with the last one. */
    public void cancel(Alarm alarm) {
        if (pending.remove(alarm) && pending.isEmpty()) {
            LockSupport.unpark(sleeper);
        }
    }

    private void look() {
        sleeper = Thread.currentThread();
        for (; ; ) {
            Alarm first = firstOrNull();
            if (first == null) {
                isAwake.set(false);
                if (pending.isEmpty() || !isAwake.compareAndSet(false, true)) {
                    return;
                }
            } else {
                long left = first.deadline.remainingNanos();
                if (left > 0) {
                    LockSupport.parkNanos(this, left);
                } else if (pending.remove(first)) {
                    call(first);
                }
            }
        }
    }

    private void call(Alarm due) {
        try {
            due.call.run();
        } catch (Throwable failure) {
            failures.incrementAndGet();
        }
    }

    private @Nullable Alarm firstOrNull() {
        for (Alarm alarm : pending) {
            return alarm;
        }
        return null;
    }
}
