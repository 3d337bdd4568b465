package dev.poolwright.bench.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints one table for each case: medians, and how many times better the rival is than some of the others. */
public final class Table {

    /** Of whom ratios are printed. */
    private static final List<String> UNITS = List.of("hikari", "agroal", "floor", "plain");

    private final Results results;

    /** @param results what to print */
    public Table(Results results) {
        this.results = results;
    }

    /** Prints. */
    public void print(PrintStream out) {
        for (Case each : results.cases()) {
            out.println();
            out.println(each.subject() + ": " + each.setting()
                    + (each.ideal().isEmpty() ? "" : " (ideal: " + each.ideal() + ")"));
            align(rows(each)).forEach(out::println);
        }
        out.println();
        out.println("x <rival> = how many times better than that one by the first column, with its 95 % interval;");
        out.println("foreign = processors that were busy with something else, at the worst: believe rows near 0.");
    }

    private List<List<String>> rows(Case of) {
        List<String> rivals = results.rivals(of);
        List<String> units = UNITS.stream().filter(rivals::contains).toList();
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        of.figures().forEach(figure -> head.add(figure.name()));
        units.forEach(unit -> head.add("x " + unit));
        head.add("foreign");
        rows.add(head);
        for (String rival : rivals) {
            rows.add(row(of, rival, units));
        }
        return rows;
    }

    private List<String> row(Case of, String rival, List<String> units) {
        List<String> row = new ArrayList<>(List.of(rival));
        for (Figure figure : of.figures()) {
            double[] values = results.values(of, rival, figure);
            row.add(values.length == 0 ? "-" : number(Ratio.median(values), figure.decimals()));
        }
        Figure first = of.figures().get(0);
        double[] mine = results.values(of, rival, first);
        for (String unit : units) {
            double[] theirs = results.values(of, unit, first);
            row.add(
                    mine.length == 0 || theirs.length == 0
                            ? "-"
                            : Ratio.of(mine, theirs, first.better()).toString());
        }
        row.add(number(results.foreign(of, rival), 1));
        return row;
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static List<String> align(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < widths.length; i++) {
                line.append(String.format(Locale.ROOT, "%" + (i == 0 ? "-" : "") + widths[i] + "s  ", row.get(i)));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
