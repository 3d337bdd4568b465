package dev.poolwright.bench.contention;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that begin at the same moment. */
final class Crowd {

    /** What one of them does. */
    interface Member {

        /** Does it; the first has index 0. */
        void run(int index) throws Exception;
    }

    private final CountDownLatch start = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch ready;

    /** Makes them and has them wait at the start. */
    Crowd(int size, Member member) throws InterruptedException {
        ready = new CountDownLatch(size);
        for (int i = 0; i < size; i++) {
            int index = i;
            Thread thread = new Thread(() -> take(member, index), "member-" + i);
            threads.add(thread);
            thread.start();
        }
        ready.await();
    }

    private void take(Member member, int index) {
        try {
            ready.countDown();
            start.await();
            member.run(index);
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Lets them go, and tells when that was. */
    long release() {
        long now = System.nanoTime();
        start.countDown();
        return now;
    }

    /** Waits for all of them. */
    void join() throws Exception {
        for (Thread each : threads) {
            each.join();
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException(failed);
        }
    }
}
