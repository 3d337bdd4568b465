package com.acme.trouble;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Leaks a thousand connections a minute, each in a transaction, for as many seconds as the argument says, and tells every
 * ten how much of the heap is used after a collection, and how many sessions the database has.
 */
public final class Spendthrift {

    private static final String URL = "jdbc:h2:mem:spent;DB_CLOSE_DELAY=-1";
    private static final long PAUSE_MILLIS = 60;
    private static final long REPORT_NANOS = 10_000_000_000L;

    private Spendthrift() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        long seconds = Long.parseLong(arguments[0]);
        long start = System.nanoTime();
        long next = start + REPORT_NANOS;
        long leaked = 0;
        try (Connection connection = DriverManager.getConnection(URL, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create table spent(id bigint)");
        }
        for (long now = start; now - start < seconds * 1_000_000_000L; now = System.nanoTime()) {
            if (leaked < (now - start) / 1_000_000 / PAUSE_MILLIS) {
                leak(leaked++);
            } else {
                Thread.sleep(PAUSE_MILLIS / 4);
            }
            if (now >= next) {
                next += REPORT_NANOS;
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                System.out.println(
                        "used " + (runtime.totalMemory() - runtime.freeMemory()) / 1024 + " sessions " + sessions());
            }
        }
        System.out.println("leaked " + leaked);
    }

    private static void leak(long number) throws SQLException {
        Connection connection = DriverManager.getConnection(URL, "sa", "");
        connection.setAutoCommit(false);
        connection.createStatement().execute("insert into spent values (" + number + ")");
    }

    private static int sessions() throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from information_schema.sessions")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
