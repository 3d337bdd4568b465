package dev.poolwright.bench.cycles;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Borrow, change a row in a transaction as old code does, give back: what pool and handles cost together. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TransactionCycle {

    /** One cycle. */
    @Benchmark
    public int cycle(LentPool pool) throws SQLException {
        Connection connection = pool.source.get();
        connection.setAutoCommit(false);
        PreparedStatement statement = connection.prepareStatement("update stock set n = n - ?");
        statement.setInt(1, 1);
        int rows = statement.executeUpdate();
        statement.close();
        connection.commit();
        connection.setAutoCommit(true);
        connection.close();
        return rows;
    }
}
