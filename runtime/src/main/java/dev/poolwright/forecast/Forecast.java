package dev.poolwright.forecast;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Flush;
import dev.poolwright.event.Leak;
import dev.poolwright.event.NestedCheckout;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.SessionReset;
import dev.poolwright.event.SessionStep;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.event.UncommittedClose;
import dev.poolwright.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Listens to engines that keep nothing and says what a pool would have done for them; passes everything on to another
 * listener. Any thread.
 */
public final class Forecast implements EngineListener {

    private static final EngineListener NOBODY = new EngineListener() {};

    private final ConcurrentMap<String, Demand> demands = new ConcurrentHashMap<>();
    private final int size;
    private final long idleTimeoutNanos;
    private final Ticker ticker;
    private volatile EngineListener next = NOBODY;

    /**
     * @param size             how many connections a pool would keep
     * @param idleTimeoutNanos how long it would keep one that nobody uses; 0 = for ever
     */
    public Forecast(int size, long idleTimeoutNanos, Ticker ticker) {
        this.size = size;
        this.idleTimeoutNanos = idleTimeoutNanos;
        this.ticker = ticker;
    }

    /** Who hears as well; null = nobody. */
    public void next(@Nullable EngineListener listener) {
        next = listener == null ? NOBODY : listener;
    }

    private Demand demand(EngineInfo engine) {
        Demand known = demands.get(engine.name());
        if (known != null) {
            return known;
        }
        Demand fresh = new Demand(size, idleTimeoutNanos);
        Demand earlier = demands.putIfAbsent(engine.name(), fresh);
        return earlier == null ? fresh : earlier;
    }

    /** A line for each engine that was asked for a connection. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Demand> each : demands.entrySet()) {
            String text = each.getValue().text(ticker.nanos());
            if (text != null) {
                lines.add("observed " + each.getKey() + ": " + text);
            }
        }
        return lines;
    }

    @Override
    public void engineOpened(EngineInfo engine, Supplier<EngineStats> stats) {
        next.engineOpened(engine, stats);
    }

    @Override
    public void engineClosed(EngineInfo engine) {
        next.engineClosed(engine);
    }

    @Override
    public void connectionOpened(EngineInfo engine, long nanos, @Nullable Throwable failure) {
        demand(engine).opened(nanos, failure == null);
        next.connectionOpened(engine, nanos, failure);
    }

    @Override
    public @Nullable Object acquiring() {
        return next.acquiring();
    }

    @Override
    public void checkedOut(EngineInfo engine, long waitedNanos) {
        demand(engine).lent(ticker.nanos(), waitedNanos);
        next.checkedOut(engine, waitedNanos);
    }

    @Override
    public void checkedIn(EngineInfo engine, long heldNanos) {
        demand(engine).cameBack(ticker.nanos(), true);
        next.checkedIn(engine, heldNanos);
    }

    @Override
    public void leaked(Leak leak) {
        EngineInfo engine = leak.engine();
        if (engine != null && leak.kind() == Leak.Kind.CONNECTION && leak.action() == Leak.Action.RECLAIMED) {
            demand(engine).cameBack(ticker.nanos(), false);
        }
        next.leaked(leak);
    }

    @Override
    public void sessionReset(EngineInfo engine, SessionReset reset) {
        next.sessionReset(engine, reset);
    }

    @Override
    public void nestedAtTheCap(NestedCheckout nested) {
        next.nestedAtTheCap(nested);
    }

    @Override
    public void checkoutTimedOut(EngineInfo engine, long waitedNanos) {
        next.checkoutTimedOut(engine, waitedNanos);
    }

    @Override
    public void transactionEnded(
            EngineInfo engine, TransactionEnd how, long startNanos, long endNanos, @Nullable Throwable failure) {
        next.transactionEnded(engine, how, startNanos, endNanos, failure);
    }

    @Override
    public void batchExecuted(
            EngineInfo engine, int batchSize, long startNanos, long endNanos, @Nullable Throwable failure) {
        next.batchExecuted(engine, batchSize, startNanos, endNanos, failure);
    }

    @Override
    public @Nullable Object flushStarted(Flush flush) {
        return next.flushStarted(flush);
    }

    @Override
    public void flushEnded(Flush flush, @Nullable Object started, @Nullable Throwable failure) {
        next.flushEnded(flush, started, failure);
    }

    @Override
    public void observed(EngineInfo engine) {
        next.observed(engine);
    }

    @Override
    public void closedUncommitted(UncommittedClose close) {
        next.closedUncommitted(close);
    }

    @Override
    public void sessionStepped(
            SessionInfo session, SessionStep step, long startNanos, long endNanos, @Nullable Throwable failure) {
        next.sessionStepped(session, step, startNanos, endNanos, failure);
    }

    @Override
    public void sessionOpened(SessionInfo session) {
        next.sessionOpened(session);
    }

    @Override
    public void sessionClosed(SessionInfo session) {
        next.sessionClosed(session);
    }
}
