package dev.poolwright.bench.cycles;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A query of ten rows on a connection that is held: 25 calls, what handles cost. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class QueryCycle {

    /** One cycle. */
    @Benchmark
    public int cycle(HeldConnection held) throws SQLException {
        PreparedStatement statement = held.connection.prepareStatement("select n from stock where id > ?");
        statement.setInt(1, 1);
        ResultSet rows = statement.executeQuery();
        int sum = 0;
        while (rows.next()) {
            sum += rows.getInt(1);
        }
        rows.close();
        statement.close();
        return sum;
    }
}
