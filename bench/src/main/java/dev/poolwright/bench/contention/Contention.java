package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import java.sql.Connection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * More threads than connections, all the time: how much of the connections is used, and how long who waits.
 *
 * @param threads     who want one
 * @param connections what there is
 * @param hold        what each does with it
 * @param seconds     how long it is watched, after one second that is not
 */
record Contention(int threads, int connections, Hold hold, int seconds) implements Scenario {

    private static final int WARM_UP = 0;
    private static final int WATCHED = 1;
    private static final int OVER = 2;

    @Override
    public String subject() {
        return "contention";
    }

    @Override
    public String setting() {
        return threads + " threads on " + connections + " connections, hold " + hold;
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.more("ops/s", 0),
                Figure.more("used", 3),
                Figure.less("p50 ms", 3),
                Figure.less("p99 ms", 1),
                Figure.less("p99.9 ms", 1),
                Figure.less("max ms", 1),
                Figure.less("max/min ops", 2),
                Figure.less("CPU us/op", 1),
                Figure.less("hold ms", 3));
    }

    @Override
    public String ideal() {
        double atOnce = atOnce();
        return String.format(
                Locale.ROOT,
                "%,.0f ops/s, each waits %.1f ms; less as holds take longer",
                atOnce / hold.millis() * 1e3,
                (threads - atOnce) * hold.millis() / atOnce);
    }

    /** How many can be in use at once: who computes needs a processor besides. */
    private int atOnce() {
        return hold.busy() ? Math.min(Runtime.getRuntime().availableProcessors(), connections) : connections;
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        try (Source source = Rivals.open(rival, Shape.fixed(connections))) {
            Phase phase = new Phase();
            Worker[] workers = new Worker[threads];
            Arrays.setAll(workers, i -> new Worker(source, phase));
            Crowd crowd = new Crowd(threads, i -> workers[i].run());
            crowd.release();
            Thread.sleep(1_000);
            ProcessorTime processor = new ProcessorTime();
            long began = System.nanoTime();
            phase.now = WATCHED;
            Thread.sleep(1_000L * seconds);
            phase.now = OVER;
            long nanos = System.nanoTime() - began;
            double processorNanos = processor.nanos();
            crowd.join();
            return values(workers, nanos, processorNanos);
        }
    }

    private Map<String, double[]> values(Worker[] workers, long nanos, double processorNanos) {
        Waits waits = Waits.joined(Stream.of(workers).map(each -> each.waits).toList());
        long ops = waits.count();
        long held = Stream.of(workers).mapToLong(each -> each.heldNanos).sum();
        int most = Stream.of(workers).mapToInt(each -> each.waits.count()).max().orElse(0);
        int fewest =
                Stream.of(workers).mapToInt(each -> each.waits.count()).min().orElse(0);
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put("ops/s", new double[] {ops * 1e9 / nanos});
        values.put("used", new double[] {(double) held / nanos / atOnce()});
        values.put("p50 ms", waits.millisAt(0.5));
        values.put("p99 ms", waits.millisAt(0.99));
        values.put("p99.9 ms", waits.millisAt(0.999));
        values.put("max ms", waits.millisAt(1));
        values.put("max/min ops", new double[] {(double) most / Math.max(1, fewest)});
        values.put("CPU us/op", new double[] {processorNanos / ops / 1e3});
        values.put("hold ms", new double[] {held / 1e6 / ops});
        return values;
    }

    private static final class Phase {
        volatile int now = WARM_UP;
    }

    private final class Worker {

        private final Source source;
        private final Phase phase;
        private final Waits waits = new Waits();
        private long heldNanos;

        Worker(Source source, Phase phase) {
            this.source = source;
            this.phase = phase;
        }

        void run() throws Exception {
            while (phase.now != OVER) {
                boolean counts = phase.now == WATCHED;
                long asked = System.nanoTime();
                Connection connection = source.get();
                long got = System.nanoTime();
                hold.run();
                long done = System.nanoTime();
                connection.close();
                // A wait that outlives the watched time counts: the longest ones would be missing otherwise.
                if (counts) {
                    waits.add(got - asked);
                    heldNanos += done - got;
                }
            }
        }
    }
}
