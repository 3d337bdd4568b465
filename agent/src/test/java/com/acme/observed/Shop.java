package com.acme.observed;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Takes a connection per request, changes the session in some of them, and prints how many connections the database saw. */
public final class Shop {

    private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

    private Shop() {}

    public static void main(String[] args) throws SQLException {
        int first = session();
        for (int i = 0; i < 6; i++) {
            session();
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET @tenant = 'secret'");
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
        List<Connection> many = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            many.add(connect());
        }
        for (Connection each : many) {
            each.close();
        }
        System.out.println("opened " + (session() - first));
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(URL, "sa", "");
    }

    /** The number that the database gives its sessions in turn. */
    private static int session() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT SESSION_ID()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
