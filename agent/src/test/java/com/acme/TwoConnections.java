package com.acme;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Opens two H2 connections, one after the other, and asks each for a number. */
public final class TwoConnections {

    private TwoConnections() {}

    public static void main(String[] arguments) throws SQLException {
        for (int i = 1; i <= 2; i++) {
            try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:two", "sa", "");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select " + i)) {
                rows.next();
                System.out.println(rows.getInt(1));
            }
        }
    }
}
