package dev.poolwright.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Borrow and give back as a legacy application does, over a database that the agent pools; {@link Report} runs it with and
 * without the agent. H2 in the same JVM: connecting is as cheap as it gets.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
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
