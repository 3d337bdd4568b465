package dev.poolwright.demo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the demo claims, checked: each broken promise is a sentence. */
public final class Promises {

    /** The method of the application that forgets to close its connection; the launcher knows what to look for. */
    static final String LEAKING_METHOD = "com.acme.orders.desk.ReservationDao.reserve(ReservationDao.java:";

    private static final Pattern TIME_LINE = Pattern.compile("^\\s+working time, ms\\s+\\d+$");
    private static final String LEAK_LINE = "[poolwright] WARN leak:";

    private Promises() {}

    /** Broken promises of the application's own; if there is any, nothing was measured. */
    public static List<String> brokenBy(String run, Measurement m) {
        List<String> broken = new ArrayList<>();
        if (m.exitCode() != 0) {
            broken.add(run + ": the application ended with exit code " + m.exitCode() + ".");
        }
        m.rows().forEach((counter, rows) -> {
            if (m.counter(counter) != rows) {
                broken.add(run + ": the application says \"" + counter + "\" " + m.counter(counter)
                        + ", the database holds " + rows + ".");
            }
        });
        m.errors().stream()
                .filter(line -> !line.startsWith(LEAK_LINE))
                .findFirst()
                .ifPresent(line -> broken.add(run + ": unexpected output on stderr: " + line));
        return broken;
    }

    /** Broken promises of the comparison. */
    public static List<String> broken(Measurement before, Measurement after) {
        List<String> broken = new ArrayList<>();
        broken.addAll(brokenBy("before", before));
        broken.addAll(brokenBy("after", after));
        if (!sameOutput(before, after)) {
            broken.add("The application printed something else with the agent.");
        }
        if (after.connects() * 10 > before.connects()) {
            broken.add("With the agent " + after.connects() + " connections were opened, more than a tenth of "
                    + before.connects() + ".");
        }
        if (after.leftOpen() != 0) {
            broken.add(after.sessions() + " sessions were open 5 s after the work, but the engine keeps "
                    + after.engineIdle() + " idle: " + after.leftOpen() + " too many.");
        }
        if (after.spansOf("COMMIT") != after.commits()) {
            broken.add(after.commits() + " commits, but " + after.spansOf("COMMIT") + " COMMIT spans.");
        }
        if (after.failedSpans() != 0) {
            broken.add(after.failedSpans() + " spans say that something failed, but nothing did.");
        }
        if (after.flushSpans() == 0) {
            broken.add("No flush has a span.");
        }
        broken.addAll(brokenLeakReports(after));
        return broken;
    }

    private static List<String> brokenLeakReports(Measurement after) {
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, Long> leak : after.leaks().entrySet()) {
            if (!leak.getKey().startsWith(LEAKING_METHOD)) {
                broken.add("A leak was reported where there is none: " + leak.getKey() + ".");
            }
        }
        long named = after.leaks().entrySet().stream()
                .filter(leak -> leak.getKey().startsWith(LEAKING_METHOD))
                .mapToLong(Map.Entry::getValue)
                .sum();
        if (named == 0) {
            broken.add("The line that forgets its connections was not named.");
        } else if (named != after.forgotten()) {
            broken.add(after.forgotten() + " connections were forgotten, but " + named + " leaks reported.");
        }
        return broken;
    }

    /** Whether the application printed the same in both runs, its working time aside. */
    public static boolean sameOutput(Measurement before, Measurement after) {
        return withoutTimes(before.output()).equals(withoutTimes(after.output()));
    }

    private static List<String> withoutTimes(List<String> output) {
        return output.stream()
                .map(line -> TIME_LINE.matcher(line).replaceFirst("  working time"))
                .toList();
    }
}
