package dev.poolwright.forecast;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.Leak;
import dev.poolwright.event.Relay;
import dev.poolwright.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Listens to engines that keep nothing and says what a pool would have done for them; passes everything on to another
 * listener. Any thread.
 */
public final class Forecast extends Relay {

    private final ConcurrentMap<String, Demand> demands = new ConcurrentHashMap<>();
    private final int size;
    private final long idleTimeoutNanos;
    private final Ticker ticker;

    /**
     * @param size             how many connections a pool would keep
     * @param idleTimeoutNanos how long it would keep one that nobody uses; 0 = for ever
     */
    public Forecast(int size, long idleTimeoutNanos, Ticker ticker) {
        this.size = size;
        this.idleTimeoutNanos = idleTimeoutNanos;
        this.ticker = ticker;
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
    public void connectionOpened(EngineInfo engine, long nanos, @Nullable Throwable failure) {
        demand(engine).opened(nanos, failure == null);
        super.connectionOpened(engine, nanos, failure);
    }

    @Override
    public void checkedOut(EngineInfo engine, long waitedNanos) {
        demand(engine).lent(ticker.nanos(), waitedNanos);
        super.checkedOut(engine, waitedNanos);
    }

    @Override
    public void checkedIn(EngineInfo engine, long heldNanos) {
        demand(engine).cameBack(ticker.nanos(), true);
        super.checkedIn(engine, heldNanos);
    }

    @Override
    public void leaked(Leak leak) {
        EngineInfo engine = leak.engine();
        if (engine != null && leak.kind() == Leak.Kind.CONNECTION && leak.action() == Leak.Action.RECLAIMED) {
            demand(engine).cameBack(ticker.nanos(), false);
        }
        super.leaked(leak);
    }
}
