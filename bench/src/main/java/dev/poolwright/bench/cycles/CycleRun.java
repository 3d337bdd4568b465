package dev.poolwright.bench.cycles;

import dev.poolwright.bench.report.Case;
import dev.poolwright.bench.report.Figure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One cycle with one number of threads and connections: runs JMH for one rival at a time, so that rivals can take turns. */
public final class CycleRun implements Case {

    /**
     * How long JMH looks.
     *
     * @param warmups    iterations before it counts
     * @param iterations iterations that count
     * @param millis     length of each
     */
    public record Look(int warmups, int iterations, int millis) {}

    private static final Figure SPEED = Figure.more("ops/ms", 0);
    private static final Figure NANOS = Figure.less("ns", 1);
    private static final Figure PROCESSOR = Figure.less("CPU ns", 1);
    private static final Figure BYTES = Figure.less("B/op", 0);

    private final String subject;
    private final Class<?> cycle;
    private final int threads;
    private final int connections;
    private final boolean childLoader;
    private final @Nullable Path agent;
    private final Look look;
    private final List<RunResult> runs = new ArrayList<>();

    private CycleRun(
            String subject,
            Class<?> cycle,
            int threads,
            int connections,
            boolean childLoader,
            @Nullable Path agent,
            Look look) {
        this.subject = subject;
        this.cycle = cycle;
        this.threads = threads;
        this.connections = connections;
        this.childLoader = childLoader;
        this.agent = agent;
        this.look = look;
    }

    /** A cycle on a pool. */
    public static CycleRun of(String subject, Class<?> cycle, int threads, int connections, Look look) {
        return new CycleRun(subject, cycle, threads, connections, false, null, look);
    }

    /** The same with the pool's classes in a loader below the application's. */
    public static CycleRun inChildLoader(String subject, Class<?> cycle, int threads, int connections, Look look) {
        return new CycleRun(subject, cycle, threads, connections, true, null, look);
    }

    /** DriverManager; its rivals are {@code plain} and {@code agent}. */
    public static CycleRun ofDriverManager(int threads, Path agent, Look look) {
        return new CycleRun("driver-manager", DriverManagerCycle.class, threads, 0, false, agent, look);
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public String setting() {
        return threads
                + (threads == 1 ? " thread" : " threads")
                + (agent != null ? "" : " on " + connections + " connections")
                + (childLoader ? ", pool in a child class loader" : "");
    }

    @Override
    public List<Figure> figures() {
        return List.of(SPEED, NANOS, PROCESSOR, BYTES);
    }

    /** What JMH said, for its own file format. */
    public Collection<RunResult> runs() {
        return runs;
    }

    @Override
    public Map<String, double[]> measure(String rival) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + cycle.getName() + "\\.cycle$")
                .threads(threads)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(1)
                .warmupIterations(look.warmups())
                .measurementIterations(look.iterations())
                .warmupTime(TimeValue.milliseconds(look.millis()))
                .measurementTime(TimeValue.milliseconds(look.millis()))
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorProfiler.class);
        if (Runtime.version().feature() >= 24) {
            options.jvmArgsAppend("--sun-misc-unsafe-memory-access=allow"); // JMH's own use of it, not to be told of
        }
        if (agent == null) {
            options.param("rival", rival)
                    .param("connections", Integer.toString(connections))
                    .param("loader", childLoader ? "child" : "application");
        } else if (rival.equals("agent")) {
            options.jvmArgsPrepend("-javaagent:" + agent);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        runs.addAll(results);
        return values(results);
    }

    private static Map<String, double[]> values(Collection<RunResult> results) {
        List<Double> speeds = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (RunResult run : results) {
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    speeds.add(iteration.getPrimaryResult().getScore());
                    add(processor, iteration, ProcessorProfiler.NAME);
                    add(bytes, iteration, "gc.alloc.rate.norm");
                }
            }
        }
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put(SPEED.name(), array(speeds));
        values.put(
                NANOS.name(), speeds.stream().mapToDouble(speed -> 1e6 / speed).toArray());
        values.put(PROCESSOR.name(), array(processor));
        values.put(BYTES.name(), array(bytes));
        return values;
    }

    private static void add(List<Double> values, IterationResult iteration, String name) {
        Result<?> result = iteration.getSecondaryResults().get(name);
        if (result != null) {
            values.add(result.getScore());
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
