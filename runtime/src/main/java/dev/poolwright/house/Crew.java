package dev.poolwright.house;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs what may wait for a server that never answers, and what therefore no application thread may wait for, the
 * housekeeper's least of all. On daemon threads of its own, which end when nothing is left. Any thread may call anything.
 */
final class Crew {
    /*
     * Shared: ready, threads, pending, and the queue of each line; all guarded by lock.
     *
     * C1  What is in one line runs one after the other: a server that does not answer keeps one thread per line, however
     *     many of its connections are to be closed.                                                 [CloserTest]
     * C2  There are at most maxThreads threads; what is beyond waits, oldest first.                 [CloserTest]
     * C3  A line is in ready, or in the hands of one thread, exactly while something of it is pending; a thread ends
     *     under the lock, when ready is empty. So nothing stays behind.                             [CloserTest]
     * C4  No lock is held while anything runs.                                            [DriverRunsUnlockedTest]
     */

    private final Object lock = new Object();
    private final ArrayDeque<Line> ready = new ArrayDeque<>();
    private final String name;
    private final int maxThreads;
    private final AtomicLong failures;
    private int threads;
    private int pending;

    /**
     * @param name       of its threads
     * @param maxThreads how many there are at the most
     * @param failures   counts what threw
     */
    Crew(String name, int maxThreads, AtomicLong failures) {
        this.name = name;
        this.maxThreads = maxThreads;
        this.failures = failures;
    }

    /** What waits to be run, or runs. */
    int pending() {
        synchronized (lock) {
            return pending;
        }
    }

    /** Things that are done one after the other. */
    Executor line() {
        return new Line(this);
    }

    /** Things that are done next to each other, as many at a time as there may be threads, oldest first. */
    Executor each() {
        return work -> enqueue(new Line(this), work, maxThreads);
    }

    /**
     * One thing next to all others, but by a thread there is already if that is free soon: to start one costs more than
     * many a thing takes. Whoever waits for it calls {@link #hurry} if it has not begun in a while.
     */
    void executeSoon(Runnable work) {
        enqueue(new Line(this), work, 1);
    }

    /**
     * Starts a thread for {@code work} if that waits for one. It comes first: each may hurry once, and whoever overtook it
     * would have had a thread without asking.
     */
    void hurry(Runnable work) {
        synchronized (lock) {
            Line line = lineOf(work);
            if (line == null || threads >= maxThreads) {
                return;
            }
            ready.remove(line);
            ready.addFirst(line);
            threads++;
        }
        startThread();
    }

    private @Nullable Line lineOf(Runnable work) {
        for (Line line : ready) {
            if (line.queue.peek() == work) {
                return line;
            }
        }
        return null;
    }

    private static final class Line implements Executor {

        private final Crew crew;
        private final ArrayDeque<Runnable> queue = new ArrayDeque<>(1);
        private boolean inHand;

        Line(Crew crew) {
            this.crew = crew;
        }

        @Override
        public void execute(Runnable work) {
            crew.enqueue(this, work, crew.maxThreads);
        }
    }

    private void enqueue(Line line, Runnable work, int enough) {
        synchronized (lock) {
            pending++;
            line.queue.add(work);
            if (!line.inHand) {
                line.inHand = true;
                ready.add(line);
            }
            if (threads >= enough || ready.isEmpty()) {
                return;
            }
            threads++;
        }
        startThread();
    }

    private void startThread() {
        boolean started = false;
        try {
            HousekeeperThread.make(new Rounds(), name).start();
            started = true;
        } finally {
            if (!started) {
                synchronized (lock) {
                    threads--; // no memory for one: whoever comes next tries again
                }
            }
        }
    }

    private final class Rounds implements Runnable {

        @Override
        public void run() {
            for (Line line = next(null); line != null; line = next(line)) {
                assert !Thread.holdsLock(lock);
                try {
                    first(line).run();
                } catch (Exception | Error failure) {
                    failures.incrementAndGet();
                }
            }
        }
    }

    private Runnable first(Line line) {
        synchronized (lock) {
            return line.queue.remove();
        }
    }

    /** Puts back the line whose first thing is done, and takes the one that has waited longest; null ends the thread. */
    private @Nullable Line next(@Nullable Line done) {
        synchronized (lock) {
            if (done != null) {
                pending--;
                done.inHand = !done.queue.isEmpty();
                if (done.inHand) {
                    ready.add(done);
                }
            }
            Line next = ready.poll();
            if (next == null) {
                threads--;
            }
            return next;
        }
    }
}
