package com.acme.orders.desk;

import com.acme.orders.catalogue.Article;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Orders in the database. One connection per call; any thread may call. */
final class OrderDao {

    /** An article and how many of it. */
    record Line(Article article, int quantity) {

        long cents() {
            return article.price() * quantity;
        }
    }

    private final String url;
    private final String user;
    private final String password;

    OrderDao(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * Places an order.
     *
     * @return its total in cents, or -1 if the customer's credit does not cover it and nothing was changed
     */
    long place(int customer, List<Line> lines) throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        try {
            connection.setAutoCommit(false);
            long total = 0;
            for (Line line : lines) {
                total += line.cents();
            }
            long order = nextNumber(connection);
            insertOrder(connection, order, customer, total);
            insertLines(connection, order, lines);
            takeFromStock(connection, lines);
            if (total > creditLimit(connection, customer)) {
                connection.rollback();
                return -1;
            }
            Journal.write(connection, "order");
            connection.commit();
            return total;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.close();
        }
    }

    /** The value in cents of everything a customer ordered. */
    long valueOf(int customer) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                PreparedStatement query = connection.prepareStatement(
                        "select coalesce(sum(total), 0) from customer_order where customer_id = ?")) {
            query.setInt(1, customer);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return cents(rows.getBigDecimal(1));
            }
        }
    }

    private static long nextNumber(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select next value for order_number")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void insertOrder(Connection connection, long order, int customer, long total) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into customer_order (id, customer_id, total) values (?, ?, ?)")) {
            insert.setLong(1, order);
            insert.setInt(2, customer);
            insert.setBigDecimal(3, BigDecimal.valueOf(total, 2));
            insert.executeUpdate();
        }
    }

    private static void insertLines(Connection connection, long order, List<Line> lines) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into order_line (order_id, line, article_id, quantity, price) values (?, ?, ?, ?, ?)")) {
            int number = 1;
            for (Line line : lines) {
                insert.setLong(1, order);
                insert.setInt(2, number++);
                insert.setInt(3, line.article().id());
                insert.setInt(4, line.quantity());
                insert.setBigDecimal(5, BigDecimal.valueOf(line.article().price(), 2));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void takeFromStock(Connection connection, List<Line> lines) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update article set stock = stock - ? where id = ?")) {
            for (Line line : lines) {
                update.setInt(1, line.quantity());
                update.setInt(2, line.article().id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static long creditLimit(Connection connection, int customer) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select credit_limit from customer where id = ?")) {
            query.setInt(1, customer);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return cents(rows.getBigDecimal(1));
            }
        }
    }

    private static long cents(BigDecimal amount) {
        return amount.movePointRight(2).longValueExact();
    }
}
