package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 50 threads at once that each take a connection and keep it, from an empty pool: from the release of all to the last one
 * that has it.
 *
 * @param connectMillis how long connecting takes
 * @param rounds        each with a pool of its own
 */
record Ramp(int connectMillis, int rounds) implements Scenario {

    static final int THREADS = 50;
    private static final int TIMEOUT_MILLIS = 10_000;

    @Override
    public String subject() {
        return "ramp";
    }

    @Override
    public String setting() {
        return THREADS + " threads take a connection each and keep it, connect " + connectMillis + " ms";
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.less("ms", 1), Figure.less("failed", 0));
    }

    @Override
    public String ideal() {
        return connectMillis + " ms";
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        double[] millis = new double[rounds];
        double[] failed = new double[rounds];
        once(rival, 0, TIMEOUT_MILLIS); // for the JIT
        for (int i = 0; i < rounds; i++) {
            double[] seen = once(rival, connectMillis, TIMEOUT_MILLIS);
            millis[i] = seen[0];
            failed[i] = seen[1];
        }
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put("ms", millis);
        values.put("failed", failed);
        return values;
    }

    /** Milliseconds until the last had it, and how many never got one. */
    static double[] once(String rival, int connectMillis, int timeoutMillis) throws Exception {
        try (Source source = Rivals.open(rival, new Shape(0, THREADS, 1_000L * connectMillis, timeoutMillis))) {
            long[] got = new long[THREADS];
            AtomicInteger failed = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(THREADS);
            Crowd crowd = new Crowd(THREADS, i -> {
                try {
                    Connection connection = source.get();
                    got[i] = System.nanoTime();
                    all.countDown();
                    all.await();
                    connection.close();
                } catch (SQLException timeout) {
                    got[i] = System.nanoTime();
                    failed.incrementAndGet();
                    all.countDown();
                }
            });
            long began = crowd.release();
            crowd.join();
            long end = began;
            for (long each : got) {
                end = Math.max(end, each);
            }
            return new double[] {(end - began) / 1e6, failed.get()};
        }
    }
}
