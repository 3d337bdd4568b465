package dev.poolwright.otel.settings;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which signals a private SDK exports and how, read from {@link ExporterSettings}.
 *
 * <p>A signal goes out by OTLP when its endpoint, or the common one, is configured, unless {@code otel.<signal>.exporter}
 * says something else. The rest of {@code otel.*} (headers, timeouts, sampler, queue, resource) is the SDK's to read.
 * Immutable.
 */
public final class ExportPlan {

    private static final List<String> SIGNALS =
            Collections.unmodifiableList(Arrays.asList("traces", "metrics", "logs"));
    private static final String SDK_METRICS = "otel.experimental.sdk.telemetry.version";
    private static final String HTTP = "http/protobuf";

    private final Map<String, String> properties;
    private final Set<String> otlp;
    private final Set<String> console;
    private final String endpoint;
    private final @Nullable InetSocketAddress prometheus;

    private ExportPlan(ExporterSettings settings, Set<String> otlp, Set<String> console) {
        this.properties = Collections.unmodifiableMap(properties(settings, otlp, console));
        this.otlp = otlp;
        this.console = console;
        this.endpoint = endpoint(settings, otlp);
        this.prometheus = settings.prometheus();
    }

    /** The plan to have Prometheus find the metrics, if it is to, and nothing else. */
    public static ExportPlan prometheusAlone(ExporterSettings settings) {
        return new ExportPlan(settings, Collections.<String>emptySet(), Collections.<String>emptySet());
    }

    /** The plan, or null if nothing is to be exported; says why not through the warnings if somebody meant it to be. */
    public static @Nullable ExportPlan read(ExporterSettings settings) {
        if ("true".equalsIgnoreCase(settings.get("otel.sdk.disabled"))) {
            return null;
        }
        if (settings.kind() == ExporterSettings.Kind.NONE) {
            return settings.prometheus() == null ? null : prometheusAlone(settings);
        }
        Set<String> otlp = new LinkedHashSet<>();
        Set<String> console = new LinkedHashSet<>();
        for (String signal : SIGNALS) {
            choose(settings, signal, otlp, console);
        }
        String protocol = unsupportedProtocol(settings, otlp);
        if (protocol != null) {
            settings.warnings()
                    .accept("telemetry: OTLP over " + protocol + " is not supported, nothing is exported by it; set"
                            + " OTEL_EXPORTER_OTLP_PROTOCOL=" + HTTP + " and the endpoint's HTTP port, usually 4318");
            otlp.clear();
        }
        if (otlp.isEmpty() && console.isEmpty() && settings.prometheus() == null) {
            return null;
        }
        return new ExportPlan(settings, otlp, console);
    }

    /** What the SDK's configuration must be told, stronger than the process's own settings. */
    public Map<String, String> properties() {
        return properties;
    }

    /** Whether {@code signal} ({@code traces}, {@code metrics}, {@code logs}) is sent to an endpoint. */
    public boolean toEndpoint(String signal) {
        return otlp.contains(signal);
    }

    /** Whether {@code signal} is written to the console. */
    public boolean toConsole(String signal) {
        return console.contains(signal);
    }

    /** Where Prometheus finds the metrics, or null = nowhere. */
    public @Nullable InetSocketAddress prometheus() {
        return prometheus;
    }

    /** Where it goes, for people. */
    public String target() {
        List<String> targets = new ArrayList<>();
        if (!otlp.isEmpty()) {
            targets.add(endpoint);
        }
        if (!console.isEmpty()) {
            targets.add("console");
        }
        if (prometheus != null) {
            targets.add("Prometheus at port " + prometheus.getPort());
        }
        return String.join(" and ", targets);
    }

    private static void choose(ExporterSettings settings, String signal, Set<String> otlp, Set<String> console) {
        if (settings.kind() == ExporterSettings.Kind.CONSOLE) {
            console.add(signal);
            return;
        }
        String exporters = settings.get("otel." + signal + ".exporter");
        if (exporters == null) {
            if (settings.kind() == ExporterSettings.Kind.OTLP || endpoint(settings, signal) != null) {
                otlp.add(signal);
            }
            return;
        }
        for (String exporter : exporters.split(",", -1)) {
            switch (exporter.trim()) {
                case "otlp":
                    otlp.add(signal);
                    break;
                case "console":
                case "logging":
                    console.add(signal);
                    break;
                case "none":
                case "":
                    break;
                default:
                    settings.warnings()
                            .accept("telemetry: otel." + signal + ".exporter=" + exporter.trim()
                                    + " is not supported; otlp, console and none are");
            }
        }
    }

    private static @Nullable String unsupportedProtocol(ExporterSettings settings, Set<String> otlp) {
        for (String signal : otlp) {
            String protocol = settings.get("otel.exporter.otlp." + signal + ".protocol");
            protocol = protocol == null ? settings.get("otel.exporter.otlp.protocol") : protocol;
            if (protocol != null && !protocol.equals(HTTP)) {
                return protocol;
            }
        }
        return null;
    }

    private static Map<String, String> properties(ExporterSettings settings, Set<String> otlp, Set<String> console) {
        Map<String, String> properties = new HashMap<>(settings.overrides());
        for (String signal : SIGNALS) {
            properties.put("otel." + signal + ".exporter", otlp.contains(signal) ? "otlp" : "none");
        }
        if (!otlp.contains("traces") && !console.contains("traces")) {
            properties.put("otel.traces.sampler", "always_off"); // a span for nobody costs as much as one for somebody
        }
        properties.put("otel.exporter.otlp.protocol", HTTP);
        // What the SDK says of itself under the names of the conventions: what a full queue dropped, for one.
        if (settings.get(SDK_METRICS) == null) {
            properties.put(SDK_METRICS, "latest");
        }
        // Nothing of ours travels in a header, and what the application wants propagated may have no class here.
        properties.put("otel.propagators", "none");
        String resource = settings.get("otel.resource.attributes");
        if (settings.get("otel.service.name") == null && (resource == null || !resource.contains("service.name="))) {
            properties.put("otel.service.name", Program.name(System.getProperty("sun.java.command")));
        }
        return properties;
    }

    private static String endpoint(ExporterSettings settings, Set<String> otlp) {
        for (String signal : otlp) {
            String endpoint = endpoint(settings, signal);
            if (endpoint != null) {
                return endpoint;
            }
        }
        return "http://localhost:4318";
    }

    private static @Nullable String endpoint(ExporterSettings settings, String signal) {
        String own = settings.get("otel.exporter.otlp." + signal + ".endpoint");
        return own == null ? settings.get("otel.exporter.otlp.endpoint") : own;
    }
}
