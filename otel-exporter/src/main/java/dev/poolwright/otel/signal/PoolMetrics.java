package dev.poolwright.otel.signal;

import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.SessionReset;
import dev.poolwright.event.SessionStep;
import dev.poolwright.event.UncommittedClose;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of pools, calls, sessions and leaks. What a pool has now is asked for when metrics are collected, by one
 * callback per engine; what happens is recorded when it happens.
 *
 * <p>Any thread.
 */
final class PoolMetrics extends Metrics {

    private static final double NANOS = 1e9;
    private static final List<Double> CALL_BUCKETS = Arrays.asList(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);
    private static final List<Double> WAIT_BUCKETS =
            Arrays.asList(0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0);
    private static final List<Double> USE_BUCKETS =
            Arrays.asList(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 60.0, 300.0);

    private final Meter meter;
    private final ObservableLongMeasurement count;
    private final ObservableLongMeasurement idleMax;
    private final ObservableLongMeasurement idleMin;
    private final ObservableLongMeasurement max;
    private final ObservableLongMeasurement pending;
    private final ObservableLongMeasurement overflow;
    private final LongCounter timeouts;
    private final DoubleHistogram createTime;
    private final DoubleHistogram waitTime;
    private final DoubleHistogram useTime;
    private final DoubleHistogram calls;
    private final DoubleHistogram resets;
    private final DoubleHistogram sessionSteps;
    private final LongCounter leaks;
    private final LongCounter uncommitted;
    private final LongUpDownCounter openSessions;

    /** @throws LinkageError this version of the API has no metrics, or no histograms with advised buckets */
    PoolMetrics(OpenTelemetry telemetry) {
        meter = telemetry
                .getMeterProvider()
                .meterBuilder(Names.SCOPE)
                .setSchemaUrl(Names.SCHEMA_URL)
                .build();
        count = observed("db.client.connection.count", "{connection}", "Connections open now, by state");
        idleMax = observed("db.client.connection.idle.max", "{connection}", "Connections the pool keeps");
        idleMin = observed("db.client.connection.idle.min", "{connection}", "Connections the pool never goes below");
        max = observed("db.client.connection.max", "{connection}", "Connections the pool may have open");
        pending = observed("db.client.connection.pending_requests", "{request}", "Threads waiting for a connection");
        overflow =
                observed("poolwright.connection.overflow", "{connection}", "Connections open beyond the pool's size");
        timeouts = counter("db.client.connection.timeouts", "{timeout}", "Calls that gave up waiting for a connection");
        createTime = histogram("db.client.connection.create_time", "Time to open a connection", CALL_BUCKETS);
        waitTime = histogram("db.client.connection.wait_time", "Time to get a connection from the pool", WAIT_BUCKETS);
        useTime = histogram("db.client.connection.use_time", "Time between getting and giving back", USE_BUCKETS);
        calls = histogram("db.client.operation.duration", "Duration of database client operations", CALL_BUCKETS);
        resets = histogram(
                "poolwright.session.reset.duration",
                "Time to make a session new again that SQL text has changed",
                WAIT_BUCKETS);
        sessionSteps = histogram(
                "poolwright.session.operation.duration",
                "Time a session of an ORM took to open, commit, roll back or close",
                CALL_BUCKETS);
        leaks = counter(
                "poolwright.connection.leaks",
                "{leak}",
                "Connections and sessions never closed, and lines reported for open statements");
        uncommitted =
                counter("poolwright.transaction.uncommitted", "{close}", "Connections closed with uncommitted changes");
        openSessions = meter.upDownCounterBuilder("poolwright.session.open")
                .setUnit("{session}")
                .setDescription("Sessions open now")
                .build();
    }

    @Override
    void observe(EngineTelemetry engine, Supplier<EngineStats> stats) {
        // From 0 on: of a counter that is first seen at 3 nobody can tell that it has grown.
        timeouts.add(0, engine.pool());
        leaks.add(0, leakAttributes(engine, Leak.Kind.CONNECTION, Leak.Action.RECLAIMED));
        // The SDK keeps the context class loader with the callback, and this thread's may be an application's.
        Thread thread = Thread.currentThread();
        ClassLoader applications = thread.getContextClassLoader();
        thread.setContextClassLoader(PoolMetrics.class.getClassLoader());
        try {
            engine.observedBy(meter.batchCallback(
                    () -> report(engine, stats.get()), count, idleMax, idleMin, max, pending, overflow));
        } finally {
            thread.setContextClassLoader(applications);
        }
    }

    private void report(EngineTelemetry engine, EngineStats stats) {
        count.record(stats.idle(), engine.idle());
        count.record(stats.leased(), engine.used());
        idleMax.record(stats.size(), engine.pool());
        idleMin.record(0, engine.pool()); // whatever is idle expires
        if (stats.overflow() >= 0) {
            max.record((long) stats.size() + stats.overflow(), engine.pool());
        }
        pending.record(stats.waiting(), engine.pool());
        overflow.record(Math.max(0L, (long) stats.leased() + stats.idle() - stats.size()), engine.pool());
    }

    @Override
    void opened(EngineTelemetry engine, long nanos) {
        createTime.record(nanos / NANOS, engine.pool());
    }

    @Override
    void checkedOut(EngineTelemetry engine, long waitedNanos) {
        waitTime.record(waitedNanos / NANOS, engine.pool());
    }

    @Override
    void checkedIn(EngineTelemetry engine, long heldNanos) {
        useTime.record(heldNanos / NANOS, engine.pool());
    }

    /** Its count is how often; of those that closed the connection, or left it as it was, as well. */
    @Override
    void reset(EngineTelemetry engine, SessionReset reset) {
        AttributesBuilder attributes = engine.pool().toBuilder();
        attributes.put(Names.RESET_OUTCOME, lowerCase(reset.outcome()));
        attributes.put(Names.RESET_REASON, reset.reason());
        resets.record(reset.nanos() / NANOS, attributes.build());
    }

    @Override
    void timedOut(EngineTelemetry engine) {
        timeouts.add(1, engine.pool());
    }

    @Override
    void call(EngineTelemetry.Operation operation, long nanos, @Nullable Failure failure) {
        Attributes attributes = operation.metricAttributes();
        if (failure != null) {
            AttributesBuilder failed = attributes.toBuilder();
            failure.forEach((key, value) -> failed.put(key, value));
            attributes = failed.build();
        }
        calls.record(nanos / NANOS, attributes);
    }

    @Override
    void session(SessionInfo session, int change) {
        openSessions.add(change, of(session));
    }

    private static Attributes of(SessionInfo session) {
        return Attributes.of(Names.SESSION_LIBRARY, session.library(), Names.SESSION_TYPE, session.type());
    }

    @Override
    void stepped(SessionInfo session, SessionStep step, long nanos, @Nullable Failure failure) {
        AttributesBuilder attributes = of(session).toBuilder().put(Names.SESSION_STEP, lowerCase(step));
        if (failure != null) {
            failure.forEach((key, value) -> attributes.put(key, value));
        }
        sessionSteps.record(nanos / NANOS, attributes.build());
    }

    @Override
    void leaked(@Nullable EngineTelemetry engine, Leak leak) {
        if (leak.action() == Leak.Action.HELD) {
            return; // it may be closed yet, and is counted if it never is
        }
        leaks.add(1, leakAttributes(engine, leak.kind(), leak.action()));
    }

    private static Attributes leakAttributes(@Nullable EngineTelemetry engine, Leak.Kind kind, Leak.Action action) {
        AttributesBuilder attributes = Attributes.builder();
        if (engine != null) {
            attributes.putAll(engine.pool());
        }
        attributes.put(Names.LEAK_TYPE, lowerCase(kind));
        attributes.put(Names.LEAK_ACTION, lowerCase(action));
        return attributes.build();
    }

    @Override
    void closedUncommitted(EngineTelemetry engine, UncommittedClose close) {
        AttributesBuilder attributes = engine.pool().toBuilder();
        attributes.put(Names.UNCOMMITTED_OUTCOME, outcome(close));
        uncommitted.add(1, attributes.build());
    }

    private ObservableLongMeasurement observed(String name, String unit, String description) {
        return meter.upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildObserver();
    }

    private LongCounter counter(String name, String unit, String description) {
        return meter.counterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .build();
    }

    private DoubleHistogram histogram(String name, String description, List<Double> buckets) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(buckets)
                .build();
    }
}
