package dev.poolwright.demo.report;

import java.util.List;
import java.util.Map;

/**
 * What one run of the application showed.
 *
 * @param counters      the application's own figures, by name
 * @param wallMillis    from the start of its JVM to the end of its work
 * @param connects      sessions the application opened at the database, counted by the database
 * @param peakSessions  the most of them open at once, looked at ten times a second
 * @param sessions      sessions the database lists 5 s after the work ended, while the application's JVM is alive
 * @param uncommitted   those of them that hold uncommitted changes
 * @param engineIdle    those of them the engine keeps for the next request, by its own metric; 0 without the agent
 * @param rows          what the database counts, by the name of the counter it should equal
 * @param output        the application's standard output
 * @param errors        the application's standard error
 * @param exitCode      of the application
 * @param leaks         number of leaks by the line that acquired; empty without the agent
 * @param spans         number of spans by name; empty without the agent
 * @param failedSpans   spans whose status is an error
 * @param metrics       names of the metrics that arrived
 */
public record Measurement(
        Map<String, Long> counters,
        long wallMillis,
        long connects,
        long peakSessions,
        long sessions,
        long uncommitted,
        long engineIdle,
        Map<String, Long> rows,
        List<String> output,
        List<String> errors,
        int exitCode,
        Map<String, Long> leaks,
        Map<String, Long> spans,
        long failedSpans,
        List<String> metrics) {

    /** One of the application's own figures. */
    public long counter(String name) {
        Long value = counters.get(name);
        if (value == null) {
            throw new IllegalStateException("the application printed no line \"" + name + "\", only " + counters);
        }
        return value;
    }

    public long requests() {
        return counter("requests");
    }

    public long commits() {
        return counter("commits");
    }

    /** Rows in the database's journal, which gets one with every commit. */
    public long journalRows() {
        return rows.getOrDefault("commits", 0L);
    }

    /** Reservations whose connection the application forgot. */
    public long forgotten() {
        return counter("reservations refused");
    }

    /** Requests in a second of the application's working time, its start-up left out. */
    public double requestsPerSecond() {
        return requests() * 1000.0 / Math.max(1, counter("working time, ms"));
    }

    /** Sessions that serve nobody any more. */
    public long leftOpen() {
        return sessions - engineIdle;
    }

    /** Spans whose name is this word, or begins with it and a blank. */
    public long spansOf(String operation) {
        return spans.entrySet().stream()
                .filter(span -> span.getKey().equals(operation) || span.getKey().startsWith(operation + " "))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Spans of flushes, whatever kind of session flushed. */
    public long flushSpans() {
        return spans.entrySet().stream()
                .filter(span -> span.getKey().endsWith(".flush"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
