package com.acme.trouble;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes to a database that lives as long as its last connection, and looks for it after that. */
public final class Ephemeral {

    private Ephemeral() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (n int)");
        }
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from information_schema.tables where table_name = 'T'")) {
            rows.next();
            System.out.println("tables: " + rows.getInt(1));
        }
        try (Connection first = open()) {
            open().close();
            System.out.println("two at once: " + !first.isClosed());
        } catch (SQLException refused) {
            System.out.println("two at once: " + refused.getMessage());
        }
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:ephemeral", "sa", "");
    }
}
