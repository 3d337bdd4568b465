package dev.poolwright.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Borrow, change a row in a transaction as old code does, give back: what pool and handles cost together. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TransactionCycle {

    /** A {@link Contestant} in lower case. */
    @Param({"none", "hikari", "agroal", "engine", "tracing"})
    public String pool;

    private Contestant.Source source;
    private int amount = 1;

    /** Starts the pool. */
    @Setup
    public void open() throws SQLException {
        source = Contestant.valueOf(pool.toUpperCase(Locale.ROOT)).open();
    }

    /** Stops the pool. */
    @TearDown
    public void close() {
        source.close();
    }

    /** One cycle. */
    @Benchmark
    public int cycle() throws SQLException {
        Connection connection = source.get();
        connection.setAutoCommit(false);
        PreparedStatement statement = connection.prepareStatement("update stock set n = n - ?");
        statement.setInt(1, amount);
        int rows = statement.executeUpdate();
        statement.close();
        connection.commit();
        connection.setAutoCommit(true);
        connection.close();
        return rows;
    }
}
