package dev.poolwright.demo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparison as text of at most 80 columns. */
public final class Table {

    private final List<String> lines = new ArrayList<>();

    private Table() {}

    /** The table and what stands below it, line by line. */
    public static List<String> of(Measurement before, Measurement after) {
        Table table = new Table();
        table.compare(before, after);
        table.leaks(after);
        table.spans(after);
        return table.lines;
    }

    private void compare(Measurement before, Measurement after) {
        row("", "without", "with agent", "");
        row(
                "Requests per second",
                Math.round(before.requestsPerSecond()),
                Math.round(after.requestsPerSecond()),
                factor(before, after));
        row("Seconds, start to last reply", seconds(before), seconds(after), "");
        row("Connections opened", before.connects(), after.connects(), "counted by the database");
        row("Most open at once", before.peakSessions(), after.peakSessions(), "forgotten ones included");
        row("Left open 5 s after the work", before.leftOpen(), after.leftOpen(), idle(after));
        row("Never closed", before.forgotten(), after.forgotten(), "close() forgotten");
        row("Commits", before.commits(), after.commits(), "by the application");
        row("Rows in its journal", before.journalRows(), after.journalRows(), "one per commit");
        row("COMMIT spans", "-", number(after.spansOf("COMMIT")), "one per commit");
    }

    private void leaks(Measurement after) {
        lines.add("");
        if (after.leaks().isEmpty()) {
            lines.add("No leak was reported.");
            return;
        }
        lines.add("Never closed by the application, acquired at:");
        after.leaks().forEach((site, count) -> counted(count, site));
    }

    private void spans(Measurement after) {
        lines.add("");
        lines.add("Spans by name:");
        after.spans().forEach((name, count) -> counted(count, name));
    }

    private void counted(long count, String what) {
        lines.add(String.format(Locale.ROOT, "  %,8d  %s", count, what));
    }

    private static String idle(Measurement after) {
        return after.engineIdle() == 0 ? "" : "besides " + after.engineIdle() + " idle in the pool";
    }

    private static String factor(Measurement before, Measurement after) {
        return String.format(
                Locale.ROOT, "%.1f times", after.requestsPerSecond() / Math.max(0.1, before.requestsPerSecond()));
    }

    private static String seconds(Measurement m) {
        return String.format(Locale.ROOT, "%.1f", m.wallMillis() / 1000.0);
    }

    private void row(String what, long before, long after, String remark) {
        row(what, number(before), number(after), remark);
    }

    private void row(String what, String before, String after, String remark) {
        lines.add(String.format(Locale.ROOT, "  %-28s %9s %11s  %s", what, before, after, remark)
                .stripTrailing());
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
