package dev.poolwright.demo.otlp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one run of the application has sent: spans by name, leaks by the line that acquired, the newest connection counts.
 *
 * <p>Thread-safe. A span that is sent twice, because an answer was lost, counts once.
 */
public final class Telemetry {

    private static final String CONNECTION_COUNT = "db.client.connection.count";
    private static final String CONNECTION_STATE = "db.client.connection.state";

    private final Object lock = new Object();
    private final Set<List<ByteBuffer>> seen = new HashSet<>();
    private final Map<String, Long> spans = new TreeMap<>();
    private final Map<String, Long> leaks = new TreeMap<>();
    private final Set<String> metrics = new TreeSet<>();
    private final List<String> refused = new ArrayList<>();
    private final List<Count> connections = new ArrayList<>();
    private long failedSpans;

    private record Count(String state, long value, long unixNanos) {}

    void addSpans(WireMessage request) {
        synchronized (lock) {
            request.messages(Otlp.RESOURCES, Otlp.SCOPES, Otlp.RECORDS).forEach(this::addSpan);
        }
    }

    private void addSpan(WireMessage span) {
        if (!seen.add(List.of(span.bytes(Otlp.Span.TRACE_ID), span.bytes(Otlp.Span.SPAN_ID)))) {
            return;
        }
        spans.merge(span.text(Otlp.Span.NAME), 1L, Long::sum);
        failedSpans += span.messages(Otlp.Span.STATUS)
                .filter(status -> status.number(Otlp.Status.CODE) == Otlp.Status.ERROR)
                .count();
    }

    void addMetrics(WireMessage request) {
        synchronized (lock) {
            request.messages(Otlp.RESOURCES, Otlp.SCOPES, Otlp.RECORDS).forEach(this::addMetric);
        }
    }

    private void addMetric(WireMessage metric) {
        String name = metric.text(Otlp.Metric.NAME);
        metrics.add(name);
        if (name.equals(CONNECTION_COUNT)) {
            // All of them, or an engine that is gone would be remembered with its last count.
            connections.clear();
            metric.messages(Otlp.Metric.SUM, Otlp.Sum.POINTS)
                    .map(point -> new Count(
                            attribute(point, Otlp.Point.ATTRIBUTES, CONNECTION_STATE),
                            point.number(Otlp.Point.INT),
                            point.number(Otlp.Point.UNIX_NANOS)))
                    .forEach(connections::add);
        }
    }

    void addLogs(WireMessage request) {
        synchronized (lock) {
            request.messages(Otlp.RESOURCES, Otlp.SCOPES, Otlp.RECORDS)
                    .filter(record -> record.text(Otlp.Log.EVENT_NAME).endsWith(".leak"))
                    .forEach(record -> leaks.merge(site(record), 1L, Long::sum));
        }
    }

    void refused(String why) {
        synchronized (lock) {
            refused.add(why);
        }
    }

    /** Number of spans by name. */
    public Map<String, Long> spans() {
        synchronized (lock) {
            return new TreeMap<>(spans);
        }
    }

    /** Number of spans whose status is an error. */
    public long failedSpans() {
        synchronized (lock) {
            return failedSpans;
        }
    }

    /** Number of leaks by the line that acquired, {@code com.acme.Dao.save(Dao.java:41)}. */
    public Map<String, Long> leaks() {
        synchronized (lock) {
            return new TreeMap<>(leaks);
        }
    }

    /** Names of all metrics that arrived. */
    public Set<String> metrics() {
        synchronized (lock) {
            return new TreeSet<>(metrics);
        }
    }

    /** Requests that were no OTLP. */
    public List<String> refused() {
        synchronized (lock) {
            return List.copyOf(refused);
        }
    }

    /**
     * Connections of all pools in a state, by the newest measurement.
     *
     * @param state          {@code idle} or {@code used}
     * @param sinceUnixNanos measurements before this do not count
     * @return empty if no pool, or not every pool, was measured since
     */
    public OptionalLong connections(String state, long sinceUnixNanos) {
        synchronized (lock) {
            List<Count> counts = connections.stream()
                    .filter(count -> count.state().equals(state))
                    .toList();
            if (counts.isEmpty() || counts.stream().anyMatch(count -> count.unixNanos() < sinceUnixNanos)) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(counts.stream().mapToLong(Count::value).sum());
        }
    }

    private static String site(WireMessage leak) {
        String function = attribute(leak, Otlp.Log.ATTRIBUTES, "code.function.name");
        if (function.isEmpty()) {
            return "unknown line";
        }
        String file = attribute(leak, Otlp.Log.ATTRIBUTES, "code.file.path");
        String line = attribute(leak, Otlp.Log.ATTRIBUTES, "code.line.number");
        return function + "(" + (file.isEmpty() ? fileOf(function) : file) + (line.isEmpty() ? "" : ":" + line) + ")";
    }

    /** The source file by Java's custom: {@code com.acme.Dao$Row.load} is in Dao.java. */
    private static String fileOf(String function) {
        String type = function.substring(0, Math.max(0, function.lastIndexOf('.')));
        String simple = type.substring(type.lastIndexOf('.') + 1);
        int nested = simple.indexOf('$');
        return (nested < 0 ? simple : simple.substring(0, nested)) + ".java";
    }

    /** An attribute as text, empty if there is none. */
    private static String attribute(WireMessage record, int attributes, String key) {
        return record.messages(attributes)
                .filter(attribute -> attribute.text(Otlp.Attribute.KEY).equals(key))
                .flatMap(attribute -> attribute.messages(Otlp.Attribute.VALUE))
                .map(value -> {
                    String text = value.text(Otlp.Value.TEXT);
                    long number = value.number(Otlp.Value.INT);
                    return text.isEmpty() && number != 0 ? String.valueOf(number) : text;
                })
                .findFirst()
                .orElse("");
    }
}
