package dev.poolwright.bench;

import java.sql.Connection;
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

/** Borrow and give back: what the pool itself costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ConnectionCycle {

    /** A {@link Contestant} in lower case. */
    @Param({"none", "hikari", "agroal", "engine", "tracing"})
    public String pool;

    private Contestant.Source source;

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
    public Connection cycle() throws SQLException {
        Connection connection = source.get();
        connection.close();
        return connection;
    }
}
