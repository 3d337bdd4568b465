package dev.poolwright.bench.cycles;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A statement on a connection that is held: as HikariCP's own benchmark does it. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StatementCycle {

    /** One cycle. */
    @Benchmark
    public boolean cycle(HeldConnection held) throws SQLException {
        Statement statement = held.connection.createStatement();
        boolean rows = statement.execute("insert into stock values (?)");
        statement.close();
        return rows;
    }
}
