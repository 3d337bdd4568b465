package dev.poolwright.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every cycle for every contestant and prints one table: nanoseconds per cycle, and how many times the plain driver's
 * or HikariCP's that is.
 *
 * <pre>java -jar bench/target/benchmarks.jar [--quick] [--agent=agent/target/poolwright.jar]</pre>
 *
 * <p>With an agent {@link DriverManagerCycle} is run under it as well. {@code --quick} is for a look: one second each, numbers
 * that mean little.
 */
public final class Report {

    private static final int[] THREADS = {1, 8};

    private final boolean quick;

    /** {@code cycle, threads} to nanoseconds by contestant. */
    private final Map<String, Map<String, Double>> rows = new LinkedHashMap<>();

    private Report(boolean quick) {
        this.quick = quick;
    }

    /**
     * Measures and prints.
     *
     * @param args see the class
     */
    public static void main(String[] args) throws RunnerException {
        boolean quick = false;
        Path agent = null;
        for (String arg : args) {
            if (arg.equals("--quick")) {
                quick = true;
            } else if (arg.startsWith("--agent=") && Files.isRegularFile(Path.of(arg.substring(8)))) {
                agent = Path.of(arg.substring(8)).toAbsolutePath();
            } else {
                System.err.println("Not an option, or no such file: " + arg);
                System.err.println("Options: --quick, --agent=<poolwright.jar>");
                System.exit(2);
            }
        }
        Report report = new Report(quick);
        for (int threads : THREADS) {
            report.measure(ConnectionCycle.class, threads, null);
            report.measure(TransactionCycle.class, threads, null);
            report.measure(DriverManagerCycle.class, threads, null);
            if (agent != null) {
                report.measure(DriverManagerCycle.class, threads, agent);
            }
        }
        report.print();
    }

    private void measure(Class<?> cycle, int threads, @Nullable Path agent) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + cycle.getName() + "\\.cycle$")
                .threads(threads)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(quick ? 1 : 2)
                .warmupIterations(quick ? 1 : 3)
                .measurementIterations(quick ? 1 : 5)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1));
        if (agent != null) {
            options.jvmArgsAppend("-javaagent:" + agent);
        }
        for (RunResult result : new Runner(options.build()).run()) {
            String contestant = result.getParams().getParam("pool");
            String row = cycle.getSimpleName() + ", " + threads + (threads == 1 ? " thread" : " threads");
            rows.computeIfAbsent(row, name -> new LinkedHashMap<>())
                    .put(
                            contestant != null ? contestant : agent != null ? "agent" : "none",
                            result.getPrimaryResult().getScore());
        }
    }

    private void print() {
        System.out.printf("%-32s %-10s %12s %14s %14s%n", "cycle", "pool", "ns", "x plain driver", "x HikariCP");
        rows.forEach((row, scores) -> scores.forEach((contestant, nanos) -> System.out.printf(
                Locale.ROOT,
                "%-32s %-10s %12.1f %14s %14s%n",
                row,
                contestant,
                nanos,
                times(nanos, scores.get("none")),
                times(nanos, scores.get("hikari")))));
    }

    private static String times(double nanos, @Nullable Double unit) {
        return unit == null ? "" : String.format(Locale.ROOT, "%.2f", nanos / unit);
    }
}
