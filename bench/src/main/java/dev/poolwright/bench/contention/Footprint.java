package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What pools cost that nobody uses: on the heap, and in threads. */
record Footprint() implements Scenario {

    private static final int POOLS = 100;
    private static final int MANY = 1_000;
    private static final int CONNECTIONS = 10;

    @Override
    public String subject() {
        return "footprint";
    }

    @Override
    public String setting() {
        return "a pool that nobody uses, empty and with " + CONNECTIONS + " connections open";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.less("bytes empty", 0),
                Figure.less("threads empty", 2),
                Figure.less("bytes open", 0),
                Figure.less("threads open", 2));
    }

    @Override
    public String ideal() {
        return "0 threads";
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        Map<String, double[]> values = new LinkedHashMap<>();
        boolean own = rival.startsWith("engine");
        double[] empty = each(rival, new Shape(0, CONNECTIONS, 0, 0), own ? MANY : POOLS);
        values.put("bytes empty", new double[] {empty[0]});
        values.put("threads empty", new double[] {empty[1]});
        double[] open = each(rival, Shape.fixed(CONNECTIONS), POOLS);
        values.put("bytes open", new double[] {open[0]});
        values.put("threads open", new double[] {open[1]});
        return values;
    }

    private static double[] each(String rival, Shape shape, int pools) throws Exception {
        try (Source first = Rivals.open(rival, shape)) { // classes and what all pools share
            first.get().close();
            Thread.sleep(500);
            long bytes = Heap.used();
            int threads = Thread.getAllStackTraces().size();
            List<Source> sources = new ArrayList<>();
            for (int i = 0; i < pools; i++) {
                sources.add(Rivals.open(rival, shape));
            }
            Thread.sleep(1_000);
            double[] each = {
                (double) (Heap.used() - bytes) / pools,
                (double) (Thread.getAllStackTraces().size() - threads) / pools
            };
            sources.forEach(Source::close);
            return each;
        }
    }
}
