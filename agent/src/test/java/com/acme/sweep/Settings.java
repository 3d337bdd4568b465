package com.acme.sweep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** What an object says of itself after a call, as text; an exception is its SQLState. */
final class Settings {

    private Settings() {}

    static String of(Connection connection) throws SQLException {
        if (connection.isClosed()) {
            return "[closed]";
        }
        return list(
                connection::getAutoCommit,
                connection::isReadOnly,
                connection::getTransactionIsolation,
                connection::getHoldability,
                connection::getCatalog,
                connection::getSchema,
                connection::getNetworkTimeout,
                connection::getTypeMap,
                () -> new TreeMap<>(connection.getClientInfo()),
                () -> connection.getWarnings() != null);
    }

    static String of(Statement statement) throws SQLException {
        if (statement.isClosed()) {
            return "[closed]";
        }
        return list(
                statement::getMaxRows,
                statement::getMaxFieldSize,
                statement::getQueryTimeout,
                statement::getFetchSize,
                statement::getFetchDirection,
                statement::getUpdateCount,
                statement::isPoolable,
                statement::isCloseOnCompletion,
                () -> statement.getResultSet() != null);
    }

    static String of(ResultSet rows) throws SQLException {
        if (rows.isClosed()) {
            return "[closed]";
        }
        return list(rows::getRow, () -> rows.getString(1), rows::getFetchSize, rows::isBeforeFirst, rows::isAfterLast);
    }

    /** How many rows the table of items has, as this connection sees it. */
    static String count(Connection connection) throws SQLException {
        return connection.isClosed() ? "" : column(connection, "select count(*) from item");
    }

    static String column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values.toString();
        }
    }

    private static String list(Callable<?>... questions) {
        List<String> answers = new ArrayList<>();
        for (Callable<?> question : questions) {
            try {
                answers.add(String.valueOf(question.call()));
            } catch (SQLException refused) {
                answers.add("SQLState " + refused.getSQLState());
            } catch (Exception refused) {
                answers.add(refused.getClass().getSimpleName());
            }
        }
        return answers.toString();
    }
}
