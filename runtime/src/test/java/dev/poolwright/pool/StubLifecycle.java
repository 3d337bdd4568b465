package dev.poolwright.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A scripted outside: opens c1, c2, .. unless told otherwise. */
public final class StubLifecycle implements Lifecycle<String> {

    private final AtomicInteger opened = new AtomicInteger();
    private final Queue<Callable<Exception>> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> dead = ConcurrentHashMap.newKeySet();
    private final List<String> pinged = Collections.synchronizedList(new ArrayList<>());
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> letGo = Collections.synchronizedList(new ArrayList<>());
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Runnable onCall = () -> {};

    /** The next open fails with this. */
    public StubLifecycle failsWith(Exception failure) {
        return failsWith(() -> failure);
    }

    /** The next open fails with what this makes, on the thread that opens. */
    public StubLifecycle failsWith(Callable<Exception> failure) {
        failures.add(failure);
        return this;
    }

    /** Opening hangs until the latch is down. */
    public StubLifecycle hangs(CountDownLatch until) {
        gate = until;
        return this;
    }

    /** From now on this one is dead. */
    public StubLifecycle dies(String resource) {
        dead.add(resource);
        return this;
    }

    /** Runs inside every call. */
    public StubLifecycle during(Runnable call) {
        onCall = call;
        return this;
    }

    @Override
    public String open() throws Exception {
        onCall.run();
        gate.await();
        Callable<Exception> failure = failures.poll();
        if (failure != null) {
            throw failure.call();
        }
        return "c" + opened.incrementAndGet();
    }

    @Override
    public boolean isAlive(String resource) {
        onCall.run();
        pinged.add(resource);
        return !dead.contains(resource);
    }

    @Override
    public void close(String resource) {
        onCall.run();
        closed.add(resource);
    }

    @Override
    public void letGo(String resource) {
        letGo.add(resource);
    }

    /** What the pool has let go of, in that order. */
    public List<String> letGo() {
        return letGo;
    }

    public int opened() {
        return opened.get();
    }

    public List<String> pinged() {
        return pinged;
    }

    public List<String> closed() {
        return closed;
    }
}
