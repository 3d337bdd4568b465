package dev.poolwright.engine;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.NestedCheckout;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that ask for a connection while they have one, as far as their check-out finds none idle: only then one looks, as
 * it opens or waits anyway. Warns where what was seen is enough for all to wait for each other. Any thread.
 */
final class NestingWatch {

    /** Pairs of lines that are told apart. */
    private static final int MAX_PAIRS = 1_000;

    private final Pool<PhysicalConnection> pool;
    private final EngineInfo engine;
    private final Telling telling;
    private final boolean strict;
    private final Consumer<? super NestedCheckout> sink;
    private final ConcurrentHashMap<String, AtomicLong> pairs = new ConcurrentHashMap<>();
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The most connections that one thread was seen to want at once, and the most threads that had one at once. */
    private volatile int depth;

    private volatile int threads;

    /** @param strict whether a thread that has a connection waits at the cap; otherwise it goes beyond, and none waits for ever */
    NestingWatch(
            Pool<PhysicalConnection> pool,
            EngineInfo engine,
            Telling telling,
            boolean strict,
            Consumer<? super NestedCheckout> sink) {
        this.pool = pool;
        this.engine = engine;
        this.telling = telling;
        this.strict = strict;
        this.sink = sink;
    }

    /** The calling thread wants a connection, and none is idle. */
    void look() {
        Lent lent = new Lent();
        pool.forEachLeased(lent);
        // No atomic step: two that see more at the same moment will see it again.
        threads = Math.max(threads, lent.threads.size() + (lent.mine == 0 ? 1 : 0));
        if (lent.mine == 0) {
            return;
        }
        try {
            depth = Math.max(depth, lent.mine + 1);
            Origin here = Origin.capture();
            count(lent.site() + " | " + here.site());
            warnIfAllCouldWait(lent, here);
        } catch (Throwable accident) {
            telling.accident(accident);
        }
    }

    private void count(String pair) {
        AtomicLong known = pairs.get(pair);
        if (known == null && pairs.size() < MAX_PAIRS) {
            AtomicLong fresh = new AtomicLong();
            AtomicLong earlier = pairs.putIfAbsent(pair, fresh);
            known = earlier == null ? fresh : earlier;
        }
        if (known != null) {
            known.incrementAndGet();
        }
    }

    private void warnIfAllCouldWait(Lent lent, Origin here) {
        EngineStats stats = pool.stats();
        if (!strict || stats.overflow() < 0) {
            return;
        }
        int cap = stats.size() + stats.overflow();
        int needed = threads * (depth - 1) + 1;
        // At the cap it has come to that, and is told of by itself.
        if (needed > cap && stats.leased() < cap && warned.compareAndSet(false, true)) {
            sink.accept(new NestedCheckout(engine, lent.site(), here.site(), here.thread(), false)
                    .couldDeadlock(threads, depth, cap));
        }
    }

    /** How often a thread that had a connection of one line asked for another at another line. */
    Map<String, Long> pairs() {
        Map<String, Long> all = new HashMap<>();
        for (Map.Entry<String, AtomicLong> each : pairs.entrySet()) {
            all.put(each.getKey(), each.getValue().get());
        }
        return all;
    }

    private static final class Lent implements Consumer<Slot<PhysicalConnection>> {

        private final long me = Thread.currentThread().getId();
        private final Set<Long> threads = new HashSet<>();
        private int mine;
        private @Nullable Origin origin;

        @Override
        public void accept(Slot<PhysicalConnection> slot) {
            if (!slot.isLent()) {
                return; // being opened, or just taken: its borrower is the one before
            }
            threads.add(slot.borrower());
            if (slot.borrower() == me) {
                mine++;
                Origin known = slot.origin();
                origin = known == null ? origin : known;
            }
        }

        String site() {
            return origin == null ? LeakReports.NO_TRACE : origin.site();
        }
    }
}
