package dev.poolwright.otel.settings;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the exporter is told: which kind, the standard {@code otel.*} settings, and where its lines go.
 *
 * <p>Immutable. Loads no OpenTelemetry class.
 */
public final class ExporterSettings {

    /** The values of {@code poolwright.exporter}. */
    public enum Kind {
        /** A tracing agent's OpenTelemetry if there is one, else OTLP if the standard settings configure it, else nothing. */
        AUTO,
        /** As {@link #AUTO}, with OTLP's own default endpoint if none is configured. */
        OTLP,
        /** Readable lines for a look, whatever else there is. */
        CONSOLE,
        /** Nothing. */
        NONE
    }

    private final Kind kind;
    private final Consumer<String> warnings;
    private final Consumer<String> console;
    private final Map<String, String> overrides;
    private final SpanLimits spans;
    private final @Nullable InetSocketAddress prometheus;

    private ExporterSettings(
            Kind kind,
            Consumer<String> warnings,
            Consumer<String> console,
            Map<String, String> overrides,
            SpanLimits spans,
            @Nullable InetSocketAddress prometheus) {
        this.kind = kind;
        this.warnings = warnings;
        this.console = console;
        this.overrides = overrides;
        this.spans = spans;
        this.prometheus = prometheus;
    }

    /**
     * Settings that take {@code otel.*} from the system properties and {@code OTEL_*} from the environment.
     *
     * @param kind     the value of {@code poolwright.exporter}
     * @param warnings takes a line for the operator; any thread
     * @param console  takes the lines of {@link Kind#CONSOLE}; any thread, and it may be slow
     */
    public static ExporterSettings of(Kind kind, Consumer<String> warnings, Consumer<String> console) {
        return new ExporterSettings(kind, warnings, console, Collections.emptyMap(), SpanLimits.usual(), null);
    }

    /** The same with limits from which on something is a span. */
    public ExporterSettings spans(SpanLimits limits) {
        return new ExporterSettings(kind, warnings, console, overrides, limits, prometheus);
    }

    /** The same with an address at which Prometheus finds the metrics, unresolved or not; port 0 = a free one. */
    public ExporterSettings prometheus(InetSocketAddress address) {
        return new ExporterSettings(kind, warnings, console, overrides, spans, address);
    }

    /** The same with one {@code otel.*} setting that is stronger than the process's own. */
    public ExporterSettings with(String name, String value) {
        Map<String, String> more = new HashMap<>(overrides);
        more.put(name, value);
        return new ExporterSettings(kind, warnings, console, Collections.unmodifiableMap(more), spans, prometheus);
    }

    /** The value of {@code poolwright.exporter}. */
    public Kind kind() {
        return kind;
    }

    /** Takes a line for the operator. */
    public Consumer<String> warnings() {
        return warnings;
    }

    /** Takes what the console exporter writes. */
    public Consumer<String> console() {
        return console;
    }

    /** What {@link #with} said. */
    public Map<String, String> overrides() {
        return overrides;
    }

    /** From how long on something is a span. */
    public SpanLimits spans() {
        return spans;
    }

    /** Where Prometheus finds the metrics, or null = nowhere. */
    public @Nullable InetSocketAddress prometheus() {
        return prometheus;
    }

    /** The value of an {@code otel.*} setting, or null where it is absent or blank, which the standard treats alike. */
    public @Nullable String get(String name) {
        String value = overrides.get(name);
        if (value == null) {
            value = System.getProperty(name);
        }
        if (value == null) {
            value = System.getenv(
                    name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
        }
        return value == null || value.trim().isEmpty() ? null : value.trim();
    }
}
