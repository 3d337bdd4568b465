package dev.poolwright.bench.cycles;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Borrow and give back: what the pool itself costs. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ConnectionCycle {

    /** One cycle. */
    @Benchmark
    public Connection cycle(LentPool pool) throws SQLException {
        Connection connection = pool.source.get();
        connection.close();
        return connection;
    }
}
