package dev.poolwright.otel.bridge;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineStats;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engines that are open: an application's OpenTelemetry hears of one when something happens in it there, which may be
 * long after it was opened. Any thread.
 */
public final class OpenEngines {

    private static final Supplier<EngineStats> OBSERVED = OpenEngines::nothing;

    private final ConcurrentMap<EngineInfo, Supplier<EngineStats>> open = new ConcurrentHashMap<>();

    private static EngineStats nothing() {
        return new EngineStats(0, 0, 0, 0, 0, 0, 0);
    }

    void opened(EngineInfo engine, Supplier<EngineStats> stats) {
        open.put(engine, stats);
    }

    /** Of another pool: what is idle or waits there is not known. */
    void observed(EngineInfo engine) {
        open.putIfAbsent(engine, OBSERVED);
    }

    void closed(EngineInfo engine) {
        open.remove(engine);
    }

    /** Whether it is open, be it of ours or of another pool. */
    public boolean isOpen(EngineInfo engine) {
        return open.containsKey(engine);
    }

    /** The counts of one that is open and ours, or null. */
    public @Nullable Supplier<EngineStats> statsOf(EngineInfo engine) {
        Supplier<EngineStats> stats = open.get(engine);
        return stats == OBSERVED ? null : stats;
    }
}
