package dev.poolwright.demo.run;

import dev.poolwright.demo.otlp.OtlpReceiver;
import dev.poolwright.demo.otlp.Telemetry;
import dev.poolwright.demo.report.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One run of the application on a fresh database, without or with the agent, and what it showed. */
public final class ApplicationRun {

    /**
     * Enough to work in, and so little that the collector looks at all of it every two seconds or so, also when nobody
     * works: the catalogue is rebuilt all the time.
     */
    public static final String HEAP = "-Xmx56m";

    private static final String MAIN = "com.acme.orders.OrderEntry";
    private static final String REQUESTS = "3000";
    private static final String INVOICES = "600";

    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOOKS = 5;
    private static final int EXPORT_MILLIS = 1000;

    private static final Pattern COUNTER = Pattern.compile("^ +(\\S.*\\S) +(\\d+)$");
    private static final Pattern LEAK_LINE = Pattern.compile("^\\[poolwright] WARN leak: .* at (\\S+\\([^)]*\\)) .*$");

    private ApplicationRun() {}

    /** Runs the application as it is. */
    public static Measurement without(Path jar) throws IOException, InterruptedException {
        return run(jar, List.of(), null);
    }

    /** Runs the same application with one more flag, and says to the agent where telemetry goes. */
    public static Measurement with(Path agent, Path jar) throws IOException, InterruptedException {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            List<String> options = List.of(
                    "-javaagent:" + agent,
                    "-Dotel.service.name=orders",
                    "-Dotel.exporter.otlp.endpoint=" + receiver.endpoint(),
                    "-Dotel.exporter.otlp.protocol=http/protobuf",
                    // So that nothing is dropped, and figures are at most a second old when we look.
                    "-Dotel.bsp.max.queue.size=65536",
                    "-Dotel.bsp.schedule.delay=500",
                    "-Dotel.blrp.schedule.delay=500",
                    "-Dotel.metric.export.interval=" + EXPORT_MILLIS);
            return run(jar, options, receiver.telemetry());
        }
    }

    private static Measurement run(Path jar, List<String> agent, @Nullable Telemetry telemetry)
            throws IOException, InterruptedException {
        try (Database database = Database.start(jar)) {
            List<String> options = new ArrayList<>(agent);
            options.add(HEAP);
            long start = System.nanoTime();
            try (ChildProcess application = ChildProcess.java(
                    "the application",
                    jar,
                    options,
                    List.of(MAIN, database.url(), Database.USER, Database.PASSWORD, REQUESTS, INVOICES))) {
                application.awaitLine(line -> line.startsWith("Press Enter"), PATIENCE);
                long wallMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
                return measure(database, application, wallMillis, telemetry);
            }
        }
    }

    private static Measurement measure(
            Database database, ChildProcess application, long wallMillis, @Nullable Telemetry telemetry)
            throws IOException, InterruptedException {
        Database.Sessions sessions = database.sessions();
        long idle = 0;
        for (int look = 0; telemetry != null && look < LOOKS; look++) {
            Instant seen = Instant.now();
            idle = idleSince(telemetry, seen);
            Database.Sessions again = database.sessions();
            // The engine was asked between two looks at the database: only if they agree is its answer about them.
            if (again.equals(sessions)) {
                break;
            }
            sessions = again;
        }
        long connects = database.connects();
        Map<String, Long> rows = database.rows();
        application.tell("");
        int exitCode = application.awaitEnd(Duration.ofSeconds(20));
        if (telemetry != null && !telemetry.refused().isEmpty()) {
            throw new IOException("the agent sent what is not OTLP: " + telemetry.refused());
        }
        List<String> errors = application.errors();
        return new Measurement(
                counters(application.output()),
                wallMillis,
                connects,
                database.peak(),
                sessions.open(),
                sessions.uncommitted(),
                idle,
                rows,
                application.output(),
                errors,
                exitCode,
                telemetry == null ? Map.of() : leaks(telemetry, errors),
                telemetry == null ? Map.of() : telemetry.spans(),
                telemetry == null ? 0 : telemetry.failedSpans(),
                telemetry == null ? List.of() : List.copyOf(telemetry.metrics()));
    }

    /** The engine's idle connections, measured after a moment; 0 if it has not said within three exports. */
    private static long idleSince(Telemetry telemetry, Instant moment) throws InterruptedException {
        long unixNanos = TimeUnit.SECONDS.toNanos(moment.getEpochSecond()) + moment.getNano();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(3 * EXPORT_MILLIS);
        OptionalLong idle = telemetry.connections("idle", unixNanos);
        while (idle.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            idle = telemetry.connections("idle", unixNanos);
        }
        return idle.orElse(0);
    }

    /** By the log records; by the lines on stderr if there were none. */
    private static Map<String, Long> leaks(Telemetry telemetry, List<String> errors) {
        Map<String, Long> leaks = telemetry.leaks();
        if (leaks.isEmpty()) {
            for (String line : errors) {
                Matcher matcher = LEAK_LINE.matcher(line);
                if (matcher.matches()) {
                    leaks.merge(matcher.group(1), 1L, Long::sum);
                }
            }
        }
        return leaks;
    }

    private static Map<String, Long> counters(List<String> output) {
        Map<String, Long> counters = new LinkedHashMap<>();
        for (String line : output) {
            Matcher matcher = COUNTER.matcher(line);
            if (matcher.matches()) {
                counters.put(matcher.group(1), Long.parseLong(matcher.group(2)));
            }
        }
        return counters;
    }
}
