package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import dev.poolwright.bench.stub.StubDriver;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * 100 threads that do not stop asking, 5 connections open and 45 more allowed, connecting takes long: a queue that stays is
 * worth opening for, other than a {@link Spike}.
 *
 * @param seconds how long
 */
record Overload(int seconds) implements Scenario {

    private static final int THREADS = 100;
    private static final int OPEN = 5;
    private static final int MOST = 50;
    private static final Hold HOLD = Hold.parked(20_000);
    private static final int CONNECT_MILLIS = 150;

    @Override
    public String subject() {
        return "overload";
    }

    @Override
    public String setting() {
        return THREADS + " threads for " + seconds
                + " s, hold 20 ms, 5 connections open, 45 more allowed, connect 150 ms";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.more("ops/s", 0),
                Figure.more("connects in 0.5 s", 0),
                Figure.more("connects in all", 0),
                Figure.less("worst wait ms", 1));
    }

    @Override
    public String ideal() {
        return "2,500 ops/s once 50 are open";
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        try (Source source = Rivals.open(rival, new Shape(OPEN, MOST, 1_000L * CONNECT_MILLIS, 0))) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong ops = new AtomicLong();
            long[] worst = new long[THREADS];
            Crowd crowd = new Crowd(THREADS, i -> {
                while (!over.get()) {
                    long asked = System.nanoTime();
                    Connection connection = source.get();
                    worst[i] = Math.max(worst[i], System.nanoTime() - asked);
                    HOLD.run();
                    connection.close();
                    ops.incrementAndGet();
                }
            });
            long opened = StubDriver.opened();
            long began = crowd.release();
            Thread.sleep(500);
            long soon = StubDriver.opened() - opened;
            Thread.sleep(1_000L * seconds - 500);
            over.set(true);
            double speed = ops.get() * 1e9 / (System.nanoTime() - began);
            long later = StubDriver.opened() - opened;
            crowd.join();
            return Map.of(
                    "ops/s", new double[] {speed},
                    "connects in 0.5 s", new double[] {soon},
                    "connects in all", new double[] {later},
                    "worst wait ms", new double[] {Arrays.stream(worst).max().orElse(0) / 1e6});
        }
    }
}
