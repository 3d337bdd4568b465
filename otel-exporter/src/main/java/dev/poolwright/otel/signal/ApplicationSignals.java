package dev.poolwright.otel.signal;

import dev.poolwright.event.EngineListener;
import dev.poolwright.otel.bridge.ApplicationTelemetry;
import dev.poolwright.otel.bridge.OpenEngines;
import dev.poolwright.otel.bridge.TracePosition;
import dev.poolwright.otel.settings.SpanLimits;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An application's own OpenTelemetry, of whatever version from 1.4 on: this class and those beside it are loaded once more
 * for each, by a loader to which {@code io.opentelemetry} is the application's. Older versions know no metrics or no log
 * records; then those are left out. Any thread.
 */
public final class ApplicationSignals implements ApplicationTelemetry {

    private final SpanLimits limits;
    private final boolean spansOnly;
    private final OpenEngines engines;
    private final Consumer<String> told;
    private final @Nullable Field set;
    private final @Nullable Field begun;
    private final Object lock = new Object();
    private volatile boolean inUse;
    private volatile @Nullable TelemetryListener global;

    /**
     * @param spansOnly whether metrics and log records go elsewhere
     * @param engines   those that are open
     * @param told      takes a line of what is joined
     * @throws ReflectiveOperationException this version does not say whether there is a global OpenTelemetry
     */
    public ApplicationSignals(SpanLimits limits, boolean spansOnly, OpenEngines engines, Consumer<String> told)
            throws ReflectiveOperationException {
        this.limits = limits;
        this.spansOnly = spansOnly;
        this.engines = engines;
        this.told = told;
        this.set = saysWhetherSet() ? null : fieldOfGlobal();
        this.begun = fieldOfStorage();
    }

    /** From 1.57 on. */
    private static boolean saysWhetherSet() {
        try {
            GlobalOpenTelemetry.isSet();
            return true;
        } catch (NoSuchMethodError older) {
            return false;
        }
    }

    private static Field fieldOfGlobal() throws ReflectiveOperationException {
        Field field = GlobalOpenTelemetry.class.getDeclaredField("globalOpenTelemetry");
        field.setAccessible(true);
        field.get(null);
        return field;
    }

    /** Null where a version is another inside. */
    private static @Nullable Field fieldOfStorage() {
        try {
            Field field = Class.forName("io.opentelemetry.context.ContextStorageWrappers")
                    .getDeclaredField("storageInitialized");
            field.setAccessible(true);
            field.getBoolean(null);
            return field;
        } catch (ReflectiveOperationException | LinkageError | RuntimeException unknown) {
            return null;
        }
    }

    /**
     * Whether the application's context is at work. Its class is loaded a moment before; made on a thread of ours, it might
     * look for its storage by another context class loader than the application's, or come before a wrapper of it.
     */
    private boolean isInUse() throws IllegalAccessException {
        if (!inUse) {
            inUse = begun == null || begun.getBoolean(null);
        }
        return inUse;
    }

    private boolean isSet() throws IllegalAccessException {
        return set == null ? GlobalOpenTelemetry.isSet() : set.get(null) != null;
    }

    @Override
    public @Nullable EngineListener global() {
        TelemetryListener known = global;
        if (known != null) {
            return known;
        }
        try {
            // Not asked for before it is there: that would make it one that does nothing, for ever.
            OpenTelemetry telemetry = isInUse() && isSet() ? GlobalOpenTelemetry.get() : null;
            // Somebody has asked too early: the application's own, if it has one, is not this.
            if (telemetry == null || telemetry.getTracerProvider() == TracerProvider.noop()) {
                return null;
            }
            synchronized (lock) {
                if (global == null) {
                    global = listener(telemetry);
                }
                return global;
            }
        } catch (IllegalAccessException changed) {
            throw new IllegalStateException(changed);
        }
    }

    private TelemetryListener listener(OpenTelemetry telemetry) {
        List<String> missing = new ArrayList<>();
        Metrics metrics = spansOnly ? new Metrics() : metrics(telemetry, missing);
        LeakRecords records = spansOnly ? null : records(telemetry, missing);
        told.accept("telemetry joins the application's own OpenTelemetry: spans"
                + (metrics instanceof PoolMetrics ? ", metrics" : "")
                + (records == null ? "" : ", log records")
                + (missing.isEmpty() ? "" : "; its version is too old for " + String.join(" and ", missing)));
        return new TelemetryListener(new Spans(telemetry, null), metrics, records, limits, engines);
    }

    private static Metrics metrics(OpenTelemetry telemetry, List<String> missing) {
        try {
            return new PoolMetrics(telemetry);
        } catch (LinkageError before32) {
            missing.add("metrics (1.32)");
            return new Metrics();
        }
    }

    private static @Nullable LeakRecords records(OpenTelemetry telemetry, List<String> missing) {
        try {
            return new LeakRecords(telemetry);
        } catch (LinkageError before50) {
            missing.add("log records (1.50)");
            return null;
        }
    }

    @Override
    public @Nullable TracePosition position() {
        try {
            return isInUse() ? Positions.current() : null;
        } catch (IllegalAccessException changed) {
            throw new IllegalStateException(changed);
        }
    }
}
