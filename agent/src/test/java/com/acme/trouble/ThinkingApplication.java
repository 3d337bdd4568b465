package com.acme.trouble;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Keeps a connection in a field, with a row that is not committed, and comes back to it much later. */
public final class ThinkingApplication {

    private static final String URL = "jdbc:h2:mem:thinking;DB_CLOSE_DELAY=-1";

    private static Connection kept;

    private ThinkingApplication() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        begin();
        long end = System.nanoTime() + 60_000_000_000L;
        while (!kept.isClosed() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        System.out.println("closed: " + kept.isClosed());
        try {
            kept.commit();
        } catch (SQLException tooLate) {
            System.out.println(tooLate.getSQLState() + " " + tooLate.getMessage());
        }
        kept.close();
        try (Connection connection = DriverManager.getConnection(URL, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from orders")) {
            rows.next();
            System.out.println("rows: " + rows.getInt(1));
        }
    }

    private static void begin() throws SQLException {
        kept = DriverManager.getConnection(URL, "sa", "");
        try (Statement statement = kept.createStatement()) {
            statement.execute("create table orders(id int)");
            kept.setAutoCommit(false);
            statement.executeUpdate("insert into orders values (1)");
        }
    }
}
