package dev.poolwright.engine.observed;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.house.Ticked;
import dev.poolwright.leak.Origin;
import dev.poolwright.leak.UnclosedWatch;
import dev.poolwright.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What other pools have handed out and did not get back. What nobody can reach any longer is reported and left to the pool
 * that owns it; what is held when the JVM ends is not, because a pool that is shut down ends its connections unseen. Any
 * thread.
 */
public final class HandOuts {

    /** For this long after the last one the housekeeper stays: its thread is not started for each request of a quiet hour. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final WeakIdentityMap<PoolSource> sources = new WeakIdentityMap<>();
    private final ObservedDatabases databases;
    private final UnclosedWatch<HandOut> open;
    private final boolean trace;
    private final Supplier<@Nullable EngineListener> listener;
    private final Consumer<Leak> leaks;
    private volatile boolean stopped;

    /**
     * @param trace    whether to record the line that takes a connection, about a microsecond per ten frames
     * @param listener who hears; asked each time, null = nobody
     * @param leaks    the log, whether anybody listens or not
     */
    public HandOuts(
            ObservedDatabases databases,
            boolean trace,
            Supplier<@Nullable EngineListener> listener,
            Consumer<Leak> leaks) {
        this(databases, trace, listener, leaks, Housekeeper.shared());
    }

    HandOuts(
            ObservedDatabases databases,
            boolean trace,
            Supplier<@Nullable EngineListener> listener,
            Consumer<Leak> leaks,
            Housekeeper housekeeper) {
        this.databases = databases;
        this.trace = trace;
        this.listener = listener;
        this.leaks = leaks;
        final Housekeeper.Watch house = housekeeper.watch(new Ticks());
        this.open = new UnclosedWatch<>(
                house.clock(),
                new Runnable() {
                    @Override
                    public void run() {
                        house.start();
                    }
                },
                LINGER_NANOS);
    }

    /** Nothing is told any more, so that what is not closed as far as known may well be. */
    public void stop() {
        stopped = true;
    }

    /** What is known of a pool, or null if it has not handed out anything. */
    public @Nullable PoolSource source(Object pool) {
        return sources.get(pool);
    }

    /** What is known of a pool from now on. */
    public PoolSource sourceBegins(Object pool) {
        return sources.putIfAbsent(pool, new PoolSource(pool.getClass().getName()));
    }

    /** The time by the system's ticker if somebody listens; otherwise 0, and no clock is read. */
    public long start() {
        return listener.get() == null ? 0 : Ticker.SYSTEM.nanos();
    }

    /**
     * A pool hands out {@code connection}, whose {@code close()} will be told. A connection that it has handed out before,
     * and that was not closed since, stays the hand-out it is.
     *
     * @param askedNanos when it was asked, as told by {@link #start}
     */
    public void handedOut(Object connection, PoolSource source, long askedNanos) {
        long now = askedNanos == 0 ? 0 : Ticker.SYSTEM.nanos();
        HandOut handOut = new HandOut(connection, open, source, trace ? Origin.capture() : null, now);
        if (!open.opened(handOut) || askedNanos == 0) {
            return;
        }
        EngineListener hears = listener.get();
        EngineInfo database = handOut.database();
        if (hears != null && database != null) {
            hears.checkedOut(database, now - askedNanos);
        }
    }

    /** {@code connection} is being closed; one that is none of those handed out is ignored. */
    public void closed(Object connection) {
        HandOut handOut = open.closed(connection);
        if (handOut != null) {
            tellCheckedIn(handOut);
        }
    }

    private void tellCheckedIn(HandOut handOut) {
        EngineListener hears = handOut.lentNanos() == 0 ? null : listener.get();
        EngineInfo database = hears == null ? null : handOut.database();
        if (hears != null && database != null) {
            hears.checkedIn(database, Ticker.SYSTEM.nanos() - handOut.lentNanos());
        }
    }

    private final class Ticks implements Ticked, Consumer<HandOut> {

        private long nowNanos; // of the housekeeper

        @Override
        public long tick(long now) {
            nowNanos = now;
            sources.forgetGone();
            databases.forgetGone();
            return open.tick(now, this);
        }

        @Override
        public void accept(HandOut lost) {
            if (stopped || !lost.isOfApplication()) {
                return;
            }
            Leak leak = lost.leak(Leak.Action.REPORTED, nowNanos);
            leaks.accept(leak);
            EngineListener hears = listener.get();
            if (hears != null) {
                hears.leaked(leak);
            }
        }
    }
}
