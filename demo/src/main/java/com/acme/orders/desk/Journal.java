package com.acme.orders.desk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The auditors' journal: one row for every transaction that is committed. */
final class Journal {

    private Journal() {}

    static void write(Connection connection, String entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into journal (entry) values (?)")) {
            insert.setString(1, entry);
            insert.executeUpdate();
        }
    }
}
