package dev.poolwright.bench.startup;

import java.io.FileInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The program whose start is measured: opens two H2 connections, one after the other, and asks each for a number. Then it
 * prints the processor time of its main thread since the JVM began, in nanoseconds; -1 where the system does not tell.
 */
public final class TwoConnections {

    private TwoConnections() {}

    /** Runs it. */
    public static void main(String[] arguments) throws SQLException {
        for (int i = 1; i <= 2; i++) {
            try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:two", "sa", "");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select " + i)) {
                rows.next();
                if (rows.getInt(1) != i) {
                    throw new IllegalStateException("not " + i);
                }
            }
        }
        System.out.println(processorNanos());
    }

    private static long processorNanos() {
        byte[] line = new byte[128];
        try (FileInputStream in = new FileInputStream("/proc/thread-self/schedstat")) {
            int length = in.read(line);
            long nanos = 0;
            for (int i = 0; i < length && line[i] != ' '; i++) {
                nanos = nanos * 10 + line[i] - '0';
            }
            return nanos;
        } catch (IOException elsewhere) {
            return -1;
        }
    }
}
