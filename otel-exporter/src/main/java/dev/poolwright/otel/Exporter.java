package dev.poolwright.otel;

import dev.poolwright.event.EngineListener;
import dev.poolwright.otel.bridge.BridgedListener;
import dev.poolwright.otel.bridge.TracePosition;
import dev.poolwright.otel.sdk.CleanThreads;
import dev.poolwright.otel.sdk.PrivateSdk;
import dev.poolwright.otel.settings.ExportPlan;
import dev.poolwright.otel.settings.ExporterSettings;
import dev.poolwright.otel.signal.TelemetryListener;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where what engines and sessions tell goes: a running tracing agent, or an SDK of our own.
 *
 * <p>Any thread.
 */
public final class Exporter {

    private static final long START_SECONDS = 30;

    private final TelemetryListener listener;
    private final @Nullable PrivateSdk sdk;
    private final String target;

    private Exporter(TelemetryListener listener, @Nullable PrivateSdk sdk, String target) {
        this.listener = listener;
        this.sdk = sdk;
        this.target = target;
    }

    /**
     * Decides where telemetry goes and starts what that needs. Not to be called before the application's {@code main}
     * has begun: a tracing agent links our spans to the application's only if the OpenTelemetry API is first touched
     * after that agent has started. Takes some 100 ms where an SDK is started; never throws.
     *
     * @return the exporter, or null if nobody asked for telemetry or it cannot be had, which the warnings say; then no
     *     OpenTelemetry class has been loaded, or none is used
     */
    public static @Nullable Exporter start(ExporterSettings settings) {
        return start(settings, () -> null);
    }

    /**
     * The same.
     *
     * @param around says what a call on its thread is part of, for an SDK of our own: where the application has one that is
     *     not ours; null = nothing
     */
    public static @Nullable Exporter start(ExporterSettings settings, Supplier<@Nullable TracePosition> around) {
        try {
            boolean beside =
                    settings.kind() == ExporterSettings.Kind.AUTO || settings.kind() == ExporterSettings.Kind.OTLP;
            if (beside && RunningTracer.isPresent(settings)) {
                return apart(() -> Start.withRunningTracer(settings));
            }
            ExportPlan plan = ExportPlan.read(settings);
            return plan == null ? null : apart(() -> Start.withPrivateSdk(plan, settings, around));
        } catch (Throwable failure) {
            settings.warnings().accept("telemetry: nothing is exported: " + reasonsOf(failure));
            return null;
        }
    }

    /**
     * Starts on a thread that holds nothing of the application. OpenTelemetry looks for its context storage through the
     * context class loader when it is first touched, and must not find, or ask, the application's.
     */
    private static Exporter apart(Supplier<Exporter> start) throws Throwable {
        AtomicReference<Exporter> started = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable task = () -> {
            try {
                started.set(start.get());
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        };
        CleanThreads.run("poolwright-otel-start", task, TimeUnit.SECONDS.toNanos(START_SECONDS));
        Exporter exporter = started.get();
        if (exporter == null) {
            Throwable thrown = failure.get();
            throw thrown == null ? new IllegalStateException("not started within " + START_SECONDS + " s") : thrown;
        }
        return exporter;
    }

    /**
     * Who tells applications that use OpenTelemetry themselves, in their own traces, for when there is one; loads nothing of
     * it.
     *
     * @param own  what else is told, or null
     * @param told takes a line of what is joined; any thread
     * @return null where a tracing agent does that, or the settings want telemetry elsewhere or not at all
     */
    public static @Nullable BridgedListener joining(
            ExporterSettings settings, @Nullable Exporter own, Consumer<String> told) {
        boolean asked = settings.kind() == ExporterSettings.Kind.AUTO || settings.kind() == ExporterSettings.Kind.OTLP;
        if (!asked || RunningTracer.isPresent(settings)) {
            return null;
        }
        return own == null
                ? new BridgedListener(null, null, settings.spans(), told)
                : new BridgedListener(own.listener, own.listener.withoutSpans(), settings.spans(), told);
    }

    /** What engines and sessions are to tell. */
    public EngineListener listener() {
        return listener;
    }

    /** Where it goes, for people. */
    public String target() {
        return target;
    }

    /** Spans and leak events that were made and lost; complete only after {@link #close}. */
    public long droppedByFailure() {
        return sdk == null ? 0 : sdk.dropped();
    }

    /** Events the listener could not turn into telemetry; anything but 0 is a bug. */
    public long accidents() {
        return listener.accidents();
    }

    /**
     * Exports what is left, for when the JVM ends. Without effect on a running tracer, which does that itself.
     *
     * @param patience how long this may take at most
     * @return whether everything arrived
     */
    public boolean close(Duration patience) {
        return sdk == null || sdk.close(patience);
    }

    private static String reasonsOf(Throwable failure) {
        StringBuilder reasons = new StringBuilder();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 5; depth++) {
            reasons.append(depth == 0 ? "" : ": ").append(at.getMessage() == null ? at.toString() : at.getMessage());
            at = at.getCause();
        }
        return reasons.toString();
    }

    /** What needs OpenTelemetry's classes, apart so that they are loaded only when it runs. */
    private static final class Start {

        static Exporter withRunningTracer(ExporterSettings settings) {
            Context.current();
            OpenTelemetry tracer = GlobalOpenTelemetry.get();
            boolean transactions = RunningTracer.reportsTransactions(settings);
            if (settings.prometheus() == null) {
                TelemetryListener listener = new TelemetryListener(tracer, settings.spans(), transactions);
                return new Exporter(listener, null, "the running tracing agent");
            }
            // The metrics are Prometheus' then: an agent that has them too would have it count them twice.
            ExportPlan plan = ExportPlan.prometheusAlone(settings);
            PrivateSdk sdk;
            try {
                sdk = PrivateSdk.start(plan, settings);
            } catch (RuntimeException | LinkageError failure) {
                // The agent's own settings may be none that this SDK knows; its spans need none of them.
                settings.warnings().accept("telemetry: no metrics for Prometheus: " + reasonsOf(failure));
                TelemetryListener listener = new TelemetryListener(tracer, settings.spans(), transactions);
                return new Exporter(listener, null, "the running tracing agent");
            }
            TelemetryListener listener = new TelemetryListener(tracer, sdk.telemetry(), settings.spans(), transactions);
            return new Exporter(listener, sdk, "the running tracing agent and " + plan.target());
        }

        static Exporter withPrivateSdk(
                ExportPlan plan, ExporterSettings settings, Supplier<@Nullable TracePosition> around) {
            Context.current();
            PrivateSdk sdk = PrivateSdk.start(plan, settings);
            TelemetryListener listener = new TelemetryListener(sdk.telemetry(), settings.spans(), around);
            return new Exporter(listener, sdk, plan.target());
        }
    }
}
