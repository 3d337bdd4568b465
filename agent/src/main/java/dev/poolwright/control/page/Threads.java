package dev.poolwright.control.page;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.house.Ticked;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that answer: daemons of ours, which end when nobody has asked for a minute. The JDK's server waits for ever for who
 * sends or reads slowly; here such a one is cut off, or a few of them would keep everybody else out.
 */
final class Threads extends ThreadPoolExecutor implements Ticked {

    private static final int MOST = 8;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Map<Thread, Long> sinceNanos = new ConcurrentHashMap<>();
    private final Housekeeper.Watch watch = Housekeeper.shared().watch(this);

    Threads() {
        super(MOST, MOST, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<Runnable>(), new ThreadFactory() {
            @Override
            public Thread newThread(Runnable work) {
                return Housekeeper.threadForTheEnd(work, "poolwright-console");
            }
        });
        allowCoreThreadTimeOut(true);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable work) {
        sinceNanos.put(thread, watch.nanos());
        watch.start(); // after it: a tick that has just found nobody looks again
    }

    @Override
    protected void afterExecute(Runnable work, Throwable failure) {
        sinceNanos.remove(Thread.currentThread());
        Thread.interrupted(); // meant for what is over
    }

    /** An interrupt closes the channel that a thread reads from, or writes to. */
    @Override
    public long tick(long nowNanos) {
        watch.tick(nowNanos);
        for (Map.Entry<Thread, Long> each : sinceNanos.entrySet()) {
            if (nowNanos - each.getValue() > PATIENCE_NANOS) {
                each.getKey().interrupt();
            }
        }
        if (sinceNanos.isEmpty()) {
            watch.clock().stop(); // nobody asks: nothing ticks for it
            if (!sinceNanos.isEmpty()) {
                watch.start();
            }
        }
        return sinceNanos.size();
    }
}
