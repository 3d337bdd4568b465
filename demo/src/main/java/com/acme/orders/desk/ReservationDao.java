package com.acme.orders.desk;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reservations in the database. One connection per call; any thread may call. */
final class ReservationDao {

    private final String url;
    private final String user;
    private final String password;

    ReservationDao(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * Sets goods aside for a customer who has not made up his mind.
     *
     * @return false if the article is no longer sold, and nothing was set aside
     */
    boolean reserve(int customer, int article, int quantity) throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into reservation (id, customer_id, article_id, quantity)"
                        + " values (next value for reservation_number, ?, ?, ?)")) {
            insert.setInt(1, customer);
            insert.setInt(2, article);
            insert.setInt(3, quantity);
            insert.executeUpdate();
        }
        if (!isOnSale(connection, article)) {
            return false; // added in a hurry, years ago; the lines below never run for such an article
        }
        Journal.write(connection, "reservation");
        connection.commit();
        connection.close();
        return true;
    }

    private static boolean isOnSale(Connection connection, int article) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select on_sale from article where id = ?")) {
            query.setInt(1, article);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
