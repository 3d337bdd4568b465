package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import java.util.List;
import java.util.Map;

/**
 * {@link Ramp} again and again: does a pool with room ever leave a caller without a connection?
 *
 * @param rounds each with a pool of its own
 */
record LostDemand(int rounds) implements Scenario {

    private static final int TIMEOUT_MILLIS = 5_000;

    @Override
    public String subject() {
        return "lost-demand";
    }

    @Override
    public String setting() {
        return rounds + " times " + Ramp.THREADS + " threads for as many connections, connect 0 ms";
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.less("failed callers", 0), Figure.less("worst ms", 1));
    }

    @Override
    public String ideal() {
        return "0 failed";
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        double failed = 0;
        double worst = 0;
        for (int i = 0; i < rounds; i++) {
            double[] seen = Ramp.once(rival, 0, TIMEOUT_MILLIS);
            worst = Math.max(worst, seen[0]);
            failed += seen[1];
        }
        return Map.of("failed callers", new double[] {failed}, "worst ms", new double[] {worst});
    }
}
