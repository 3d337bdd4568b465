package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One connection; one thread gives it back just as another begins to wait for it, and then nobody else comes: a pool that
 * loses the wake-up leaves the second thread waiting until its timeout.
 *
 * @param rounds how often
 */
record LostWakeUps(int rounds) implements Scenario {

    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int MOST_SPINS = 400;

    @Override
    public String subject() {
        return "lost-wake-ups";
    }

    @Override
    public String setting() {
        return rounds + " returns that meet a thread beginning to wait";
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.less("stalls", 0), Figure.less("worst ms", 1));
    }

    @Override
    public String ideal() {
        return "0 stalls";
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        try (Source source = Rivals.open(rival, new Shape(1, 1, 0, TIMEOUT_MILLIS))) {
            Rounds all = new Rounds(source);
            Crowd crowd = new Crowd(2, index -> {
                if (index == 0) {
                    all.giveBack();
                } else {
                    all.waitFor();
                }
            });
            crowd.release();
            crowd.join();
            return Map.of("stalls", new double[] {all.stalls}, "worst ms", new double[] {all.worstNanos / 1e6});
        }
    }

    private final class Rounds {

        private final Source source;
        private final CyclicBarrier lent = new CyclicBarrier(2);
        private final CyclicBarrier over = new CyclicBarrier(2);
        private int stalls;
        private long worstNanos;

        Rounds(Source source) {
            this.source = source;
        }

        void giveBack() throws Exception {
            for (int i = 0; i < rounds; i++) {
                Connection connection = source.get();
                lent.await();
                spin();
                connection.close();
                over.await();
            }
        }

        void waitFor() throws Exception {
            for (int i = 0; i < rounds; i++) {
                lent.await();
                spin();
                long asked = System.nanoTime();
                boolean stalled = false;
                try {
                    source.get().close();
                } catch (SQLException timeout) {
                    stalled = true;
                }
                long nanos = System.nanoTime() - asked;
                worstNanos = Math.max(worstNanos, nanos);
                // A pool may find it at the last look before it gives up.
                stalls += stalled || nanos > 900_000L * TIMEOUT_MILLIS ? 1 : 0;
                over.await();
            }
        }

        private void spin() {
            for (int i = ThreadLocalRandom.current().nextInt(MOST_SPINS); i > 0; i--) {
                Thread.onSpinWait();
            }
        }
    }
}
