package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Very many virtual threads on a few connections.
 *
 * @param threads    how many
 * @param oneCarrier whether one platform thread carries them all
 */
record VirtualThreads(int threads, boolean oneCarrier) implements Scenario {

    private static final int CONNECTIONS = 10;
    private static final int CYCLES = 20;
    private static final Hold HOLD = Hold.parked(1_000);

    @Override
    public String subject() {
        return "virtual-threads";
    }

    @Override
    public String setting() {
        return String.format(
                Locale.ROOT,
                "%,d virtual threads on %d connections, %d cycles of 1 ms each%s",
                threads,
                CONNECTIONS,
                CYCLES,
                oneCarrier ? ", one carrier" : "");
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.less("s", 2),
                Figure.less("worst wait s", 2),
                Figure.less("p99 wait s", 2),
                Figure.less("CPU us/op", 1),
                Figure.less("bytes a waiter", 0));
    }

    @Override
    public String ideal() {
        return String.format(
                Locale.ROOT,
                "%.1f s, each waits %.1f s; more as holds take longer",
                (double) threads * CYCLES * HOLD.millis() / 1e3 / CONNECTIONS,
                threads * HOLD.millis() / 1e3 / CONNECTIONS);
    }

    @Override
    public int needsJava() {
        return 21;
    }

    @Override
    public List<String> jvmArguments() {
        return oneCarrier
                ? List.of("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                : List.of();
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        try (Source source = Rivals.open(rival, new Shape(CONNECTIONS, CONNECTIONS, 0, 600_000))) {
            List<Waits> waits = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                waits.add(new Waits());
            }
            ProcessorTime processor = new ProcessorTime();
            long began = System.nanoTime();
            runAll(i -> cycles(source, waits.get(i)));
            double seconds = (System.nanoTime() - began) / 1e9;
            double processorNanos = processor.nanos();
            Waits all = Waits.joined(waits);
            Map<String, double[]> values = new LinkedHashMap<>();
            values.put("s", new double[] {seconds});
            values.put("worst wait s", new double[] {all.millisAt(1)[0] / 1e3});
            values.put("p99 wait s", new double[] {all.millisAt(0.99)[0] / 1e3});
            values.put("CPU us/op", new double[] {processorNanos / 1e3 / all.count()});
            values.put("bytes a waiter", new double[] {bytesOfAWaiter(source)});
            return values;
        }
    }

    private static void cycles(Source source, Waits waits) throws Exception {
        for (int i = 0; i < CYCLES; i++) {
            long asked = System.nanoTime();
            Connection connection = source.get();
            waits.add(System.nanoTime() - asked);
            HOLD.run();
            connection.close();
        }
    }

    /** What a thread that waits for a connection keeps on the heap, beyond one that waits at a latch. */
    private double bytesOfAWaiter(Source source) throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        long atLatch = heapWhileWaiting(i -> open.await(), open::countDown);
        List<Connection> lent = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            lent.add(source.get());
        }
        long atPool = heapWhileWaiting(i -> source.get().close(), () -> {
            for (Connection each : lent) {
                each.close();
            }
        });
        return (double) (atPool - atLatch) / threads;
    }

    private long heapWhileWaiting(Crowd.Member wait, Opening opening) throws Exception {
        CountDownLatch begun = new CountDownLatch(threads);
        try (Executing executing = new Executing()) {
            for (int i = 0; i < threads; i++) {
                int index = i;
                executing.submit(() -> {
                    begun.countDown();
                    wait.run(index);
                });
            }
            begun.await();
            Thread.sleep(500); // the last ones are on their way
            long used = Heap.used();
            opening.open();
            executing.join();
            return used;
        }
    }

    private interface Opening {
        void open() throws Exception;
    }

    private interface Task {
        void run() throws Exception;
    }

    private void runAll(Crowd.Member member) throws Exception {
        try (Executing executing = new Executing()) {
            for (int i = 0; i < threads; i++) {
                int index = i;
                executing.submit(() -> member.run(index));
            }
            executing.join();
        }
    }

    /** Virtual threads, by reflection: this is compiled for Java 17. */
    private static final class Executing implements AutoCloseable {

        private final ExecutorService threads;
        private final List<Future<?>> running = new ArrayList<>();

        Executing() throws ReflectiveOperationException {
            threads = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        }

        void submit(Task task) {
            running.add(threads.submit(() -> {
                task.run();
                return null;
            }));
        }

        void join() throws Exception {
            for (Future<?> each : running) {
                each.get();
            }
        }

        @Override
        public void close() {
            threads.shutdown();
        }
    }
}
