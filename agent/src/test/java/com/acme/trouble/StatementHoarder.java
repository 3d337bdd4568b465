package com.acme.trouble;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Opens 150,000 statements on one connection and closes none. */
public final class StatementHoarder {

    private static final int STATEMENTS = 150_000;

    private StatementHoarder() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:hoard;DB_CLOSE_DELAY=-1", "sa", "")) {
            long sum = 0;
            for (int i = 0; i < STATEMENTS; i++) {
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1");
                rows.next();
                sum += rows.getInt(1);
            }
            System.out.println(sum);
        }
        System.out.println("closed");
    }
}
