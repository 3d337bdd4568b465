package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cycles once more, for a machine that is never quiet: processor time of one thread, in batches so short that some of
 * them are disturbed by nobody. The least of them is steady where JMH's iterations are not.
 *
 * @param cycle what is done
 */
record Batches(Cycle cycle) implements Scenario {

    private static final int BATCHES = 300;
    private static final int BATCH = 20_000;
    private static final long WARM_UP_NANOS = 1_200_000_000L;
    private static final int CONNECTIONS = 32;

    /** What one thread does again and again. */
    enum Cycle {
        /** Borrow and give back. */
        CONNECTION {
            @Override
            @Nullable
            Object run(Source source, Connection held, int times) throws SQLException {
                Connection last = null;
                for (int i = 0; i < times; i++) {
                    last = source.get();
                    last.close();
                }
                return last;
            }
        },
        /** Ten rows, on a connection that is held. */
        QUERY {
            @Override
            Object run(Source source, Connection held, int times) throws SQLException {
                int sum = 0;
                for (int i = 0; i < times; i++) {
                    PreparedStatement statement = held.prepareStatement("select n from stock where id > ?");
                    statement.setInt(1, 1);
                    ResultSet rows = statement.executeQuery();
                    while (rows.next()) {
                        sum += rows.getInt(1);
                    }
                    rows.close();
                    statement.close();
                }
                return sum;
            }
        },
        /** Borrow, change a row, commit, give back. */
        TRANSACTION {
            @Override
            Object run(Source source, Connection held, int times) throws SQLException {
                int sum = 0;
                for (int i = 0; i < times; i++) {
                    Connection connection = source.get();
                    connection.setAutoCommit(false);
                    PreparedStatement statement = connection.prepareStatement("update stock set n = n - ?");
                    statement.setInt(1, 1);
                    sum += statement.executeUpdate();
                    statement.close();
                    connection.commit();
                    connection.setAutoCommit(true);
                    connection.close();
                }
                return sum;
            }
        };

        /** Returns something that depends on all of it. */
        abstract @Nullable Object run(Source source, Connection held, int times) throws SQLException;
    }

    @Override
    public String subject() {
        return "batches";
    }

    @Override
    public String setting() {
        return cycle.name().toLowerCase(Locale.ROOT) + " cycle, 1 thread on " + CONNECTIONS + " connections";
    }

    @Override
    public List<Figure> figures() {
        return List.of(Figure.less("least CPU ns", 1), Figure.less("tenth CPU ns", 1), Figure.less("median CPU ns", 1));
    }

    @Override
    public String ideal() {
        return "floor";
    }

    @Override
    public Map<String, double[]> run(String rival) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] nanos = new double[BATCHES];
        Object[] kept = new Object[1];
        try (Source source = Rivals.open(rival, Shape.fixed(CONNECTIONS));
                Connection held = source.get()) {
            System.gc(); // what is held is old
            long began = threads.getCurrentThreadCpuTime();
            while (threads.getCurrentThreadCpuTime() - began < WARM_UP_NANOS) {
                kept[0] = cycle.run(source, held, BATCH / 10);
            }
            for (int i = 0; i < BATCHES; i++) {
                long before = threads.getCurrentThreadCpuTime();
                kept[0] = cycle.run(source, held, BATCH);
                nanos[i] = (double) (threads.getCurrentThreadCpuTime() - before) / BATCH;
            }
        }
        Arrays.sort(nanos);
        Map<String, double[]> values = new LinkedHashMap<>();
        values.put("least CPU ns", new double[] {nanos[0]});
        values.put("tenth CPU ns", new double[] {nanos[BATCHES / 10]});
        values.put("median CPU ns", new double[] {nanos[BATCHES / 2]});
        return values;
    }
}
