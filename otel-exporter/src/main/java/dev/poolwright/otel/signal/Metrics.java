package dev.poolwright.otel.signal;

import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.SessionReset;
import dev.poolwright.event.SessionStep;
import dev.poolwright.event.UncommittedClose;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What metrics hear of: these are nobody's. Any thread. */
class Metrics {

    /** Reports the counts of an engine at each collection until {@link EngineTelemetry#stopObserving}. */
    void observe(EngineTelemetry engine, Supplier<EngineStats> stats) {}

    void opened(EngineTelemetry engine, long nanos) {}

    void checkedOut(EngineTelemetry engine, long waitedNanos) {}

    void checkedIn(EngineTelemetry engine, long heldNanos) {}

    void reset(EngineTelemetry engine, SessionReset reset) {}

    void timedOut(EngineTelemetry engine) {}

    void call(EngineTelemetry.Operation operation, long nanos, @Nullable Failure failure) {}

    void session(SessionInfo session, int change) {}

    void stepped(SessionInfo session, SessionStep step, long nanos, @Nullable Failure failure) {}

    void leaked(@Nullable EngineTelemetry engine, Leak leak) {}

    void closedUncommitted(EngineTelemetry engine, UncommittedClose close) {}

    /** {@code HELD_AT_EXIT} as telemetry writes it. */
    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String outcome(UncommittedClose close) {
        return close.wasCommitted() ? "committed" : "rolled_back";
    }
}
