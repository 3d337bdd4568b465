package dev.poolwright.bench.cycles;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * Borrow and give back as a legacy application does, over a database that the agent pools; run with the agent and without.
 * H2 in the same JVM: connecting is as cheap as it gets.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DriverManagerCycle {

    private static final String URL = "jdbc:h2:mem:bench;DB_CLOSE_DELAY=-1";

    /** One cycle. */
    @Benchmark
    public Connection cycle() throws SQLException {
        Connection connection = DriverManager.getConnection(URL, "sa", "");
        connection.close();
        return connection;
    }
}
