package dev.poolwright.bench;

import dev.poolwright.bench.cycles.CycleRun;
import dev.poolwright.bench.report.ForeignLoad;
import dev.poolwright.bench.report.ResultFile;
import dev.poolwright.bench.report.Results;
import dev.poolwright.bench.report.Sample;
import dev.poolwright.bench.report.Table;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** Measures, prints and keeps what came of it. */
public final class Bench {

    private final Options options;
    private final Plan plan;
    private final Results results = new Results();

    private Bench(Options options) {
        this.options = options;
        this.plan = new Plan(options);
    }

    /**
     * Runs what was asked for.
     *
     * @param arguments see {@link Options#USAGE}
     */
    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        if (!options.wrong().isEmpty()) {
            options.wrong().forEach(System.err::println);
            System.err.print(Options.USAGE);
            System.exit(2);
        }
        Bench bench = new Bench(options);
        if (options.list()) {
            bench.plan
                    .entries()
                    .forEach(entry -> System.out.println(
                            entry.of().subject() + ": " + entry.of().setting()));
            return;
        }
        bench.run();
    }

    private void run() throws Exception {
        String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        for (int round = 0; round < options.rounds(); round++) {
            for (Plan.Entry entry : plan.entries()) {
                for (String rival : entry.rivals()) {
                    measure(entry, rival, round);
                }
            }
        }
        new Table(results).print(System.out);
        Path out = options.out();
        if (out == null) {
            out = Path.of("target", "bench", started.replace(":", "") + ".json");
        }
        System.err.println("written to " + new ResultFile(results, jmh(), started).write(out));
    }

    private void measure(Plan.Entry entry, String rival, int round) {
        ForeignLoad foreign = new ForeignLoad();
        Map<String, double[]> values;
        try {
            values = entry.of().measure(rival);
        } catch (Exception failure) {
            System.err.println(entry.of().subject() + ": " + rival + " failed");
            failure.printStackTrace();
            values = Map.of();
        }
        Sample sample = new Sample(entry.of(), rival, round, foreign.processors(), values);
        results.add(sample);
        System.err.printf(
                Locale.ROOT,
                "round %d, %s, %s: %s (foreign %.1f)%n",
                round + 1,
                entry.of().subject(),
                entry.of().setting(),
                rival,
                sample.foreign());
    }

    private String jmh() {
        List<RunResult> runs = new ArrayList<>();
        for (Plan.Entry entry : plan.entries()) {
            if (entry.of() instanceof CycleRun cycle) {
                runs.addAll(cycle.runs());
            }
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ResultFormatFactory.getInstance(ResultFormatType.JSON, new PrintStream(json, true, StandardCharsets.UTF_8))
                .writeOut(runs);
        return json.toString(StandardCharsets.UTF_8);
    }
}
