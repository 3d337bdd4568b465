package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import dev.poolwright.bench.stub.StubDriver;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * 50 short requests at once for a pool with 5 connections open and 45 more allowed, where connecting takes long: who opens
 * makes them wait longer than they would for a return.
 *
 * @param rounds each with a pool of its own
 */
record Spike(int rounds) implements Scenario {

    private static final int REQUESTS = 50;
    private static final int OPEN = 5;
    private static final Hold HOLD = Hold.parked(2_000);
    private static final int CONNECT_MILLIS = 150;

    @Override
    public String subject() {
        return "spike";
    }

    @Override
    public String setting() {
        return REQUESTS + " requests of 2 ms at once, 5 connections open, 45 more allowed, connect 150 ms";
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.less("ms", 1), Figure.less("worst wait ms", 1), Figure.less("connects", 0));
    }

    @Override
    public String ideal() {
        return "20 ms, 0 connects";
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        double[] millis = new double[rounds];
        double[] worst = new double[rounds];
        double[] connects = new double[rounds];
        once(rival, 1); // for the JIT
        for (int i = 0; i < rounds; i++) {
            long opened = StubDriver.opened() + OPEN;
            double[] seen = once(rival, CONNECT_MILLIS);
            millis[i] = seen[0];
            worst[i] = seen[1];
            connects[i] = StubDriver.opened() - opened;
        }
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put("ms", millis);
        values.put("worst wait ms", worst);
        values.put("connects", connects);
        return values;
    }

    private static double[] once(String rival, int connectMillis) throws Exception {
        try (Source source = Rivals.open(rival, new Shape(OPEN, REQUESTS, 1_000L * connectMillis, 0))) {
            long[] asked = new long[REQUESTS];
            long[] got = new long[REQUESTS];
            long[] done = new long[REQUESTS];
            Crowd crowd = new Crowd(REQUESTS, i -> {
                asked[i] = System.nanoTime();
                Connection connection = source.get();
                got[i] = System.nanoTime();
                HOLD.run();
                connection.close();
                done[i] = System.nanoTime();
            });
            long began = crowd.release();
            crowd.join();
            long end = began;
            long worst = 0;
            for (int i = 0; i < REQUESTS; i++) {
                end = Math.max(end, done[i]);
                worst = Math.max(worst, got[i] - asked[i]);
            }
            Thread.sleep(connectMillis); // connects that were begun are part of the price
            return new double[] {(end - began) / 1e6, worst / 1e6};
        }
    }
}
