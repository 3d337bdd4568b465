package com.acme.compat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Somebody who changes everything that can be changed of a connection, and closes it as it is. */
final class Polluter {

    private final Connection connection;
    private final Kind kind;

    private Polluter(Kind kind, Connection connection) {
        this.kind = kind;
        this.connection = connection;
    }

    /** Two connections at once, each left in another mess. */
    static void pollute(Kind kind, String url, String user, String password) throws SQLException {
        Connection first = DriverManager.getConnection(url, user, password);
        Connection second = DriverManager.getConnection(url, user, password);
        new Polluter(kind, first).properties();
        new Polluter(kind, second).openThings();
        close(first);
        close(second);
    }

    private void properties() {
        attempt(() -> connection.setTransactionIsolation(
                connection.getTransactionIsolation() == Connection.TRANSACTION_SERIALIZABLE
                        ? Connection.TRANSACTION_READ_COMMITTED
                        : Connection.TRANSACTION_SERIALIZABLE));
        attempt(() -> connection.setHoldability(
                connection.getHoldability() == ResultSet.HOLD_CURSORS_OVER_COMMIT
                        ? ResultSet.CLOSE_CURSORS_AT_COMMIT
                        : ResultSet.HOLD_CURSORS_OVER_COMMIT));
        attempt(() -> connection.setTypeMap(Map.of("money", String.class)));
        attempt(() -> connection.setNetworkTimeout(Runnable::run, 40_000));
        attempt(() -> connection.setClientInfo("ApplicationName", "somebody"));
        if (kind.attic() != null) {
            attempt(() -> connection.setSchema(kind.attic()));
        }
        attempt(() -> connection.setAutoCommit(false));
        attempt(() -> Db.execute(connection, kind.one("1")));
        attempt(() -> connection.setReadOnly(true));
        if (!connectionRefusesReadOnlyInTransaction()) {
            attempt(() -> {
                connection.rollback();
                connection.setReadOnly(true);
                Db.execute(connection, kind.one("2"));
            });
        }
    }

    private boolean connectionRefusesReadOnlyInTransaction() {
        try {
            return connection.isReadOnly();
        } catch (SQLException unknown) {
            return true;
        }
    }

    private void openThings() {
        attempt(() -> connection.setAutoCommit(false));
        attempt(() -> {
            Statement statement = connection.createStatement();
            statement.setFetchSize(1);
            statement.setMaxRows(7);
            statement.setQueryTimeout(9);
            statement.executeQuery(kind.one("1")).next();
        });
        attempt(() -> {
            PreparedStatement statement = connection.prepareStatement(kind.one("1"));
            statement.addBatch();
            statement.executeQuery();
        });
        attempt(() -> connection.setSavepoint("somewhere"));
        attempt(connection::createBlob);
        attempt(() -> Db.execute(connection, "this is no statement"));
    }

    private static void attempt(Log.Act act) {
        try {
            act.run();
        } catch (Exception notHere) {
            // Each database has its own idea of what can be done.
        }
    }

    private static void close(Connection connection) throws SQLException {
        try {
            connection.close();
        } catch (SQLException transactionOpen) {
            connection.rollback();
            connection.close();
        }
    }
}
