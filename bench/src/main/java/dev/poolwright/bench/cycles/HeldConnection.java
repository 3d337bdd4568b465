package dev.poolwright.bench.cycles;

import java.sql.Connection;
import java.sql.SQLException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A connection that one thread has borrowed for good; old enough for the collector to have moved it to where it stays. */
@State(Scope.Thread)
public class HeldConnection {

    Connection connection;

    /** Borrows it. */
    @Setup
    public void open(LentPool pool) throws SQLException {
        connection = pool.source.get();
        System.gc();
    }

    /** Gives it back. */
    @TearDown
    public void close() throws SQLException {
        connection.close();
    }
}
