package com.acme.legacy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What a connection is set to, and that the next one knows nothing of it. */
public final class SessionState {

    /** Changes one property of a connection. */
    private interface Change {
        void on(Connection connection) throws SQLException;
    }

    /** Reads one property of a connection. */
    private interface Reading {
        Object of(Connection connection) throws SQLException;
    }

    private final Script script = new Script("session state");
    private final Database database;

    private SessionState(Database database) {
        this.database = database;
    }

    public static void play(Database database) throws SQLException {
        new SessionState(database).play();
    }

    private void play() throws SQLException {
        database.run("create schema branch", "create table branch.desk (id int)", "create table desk (id int)");
        property("auto-commit", c -> c.setAutoCommit(false), Connection::getAutoCommit);
        property("read-only", c -> c.setReadOnly(true), Connection::isReadOnly);
        for (int level : new int[] {
            Connection.TRANSACTION_NONE,
            Connection.TRANSACTION_READ_UNCOMMITTED,
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE
        }) {
            property("isolation " + level, c -> c.setTransactionIsolation(level), Connection::getTransactionIsolation);
        }
        property("catalog", c -> c.setCatalog("nowhere"), Connection::getCatalog);
        property("schema", c -> c.setSchema(database.isH2() ? "BRANCH" : "branch"), Connection::getSchema);
        property(
                "holdability",
                c -> c.setHoldability(
                        c.getHoldability() == ResultSet.HOLD_CURSORS_OVER_COMMIT
                                ? ResultSet.CLOSE_CURSORS_AT_COMMIT
                                : ResultSet.HOLD_CURSORS_OVER_COMMIT),
                Connection::getHoldability);
        Map<String, Class<?>> types = new HashMap<>();
        types.put("money", String.class);
        property("type map", c -> c.setTypeMap(types), Connection::getTypeMap);
        property("network timeout", c -> c.setNetworkTimeout(Runnable::run, 30_000), Connection::getNetworkTimeout);
        property(
                "client info",
                c -> c.setClientInfo("ApplicationName", "till 7"),
                c -> c.getClientInfo("ApplicationName"));
        Properties info = new Properties();
        info.setProperty("ApplicationName", "till 8");
        info.setProperty("Nonsense", "x");
        property("client infos", c -> c.setClientInfo(info), c -> c.getClientInfo("ApplicationName"));
        property(
                "query timeout of a statement",
                c -> {
                    try (Statement statement = c.createStatement()) {
                        statement.setQueryTimeout(7);
                        statement.execute("select 1");
                    }
                },
                c -> {
                    try (Statement statement = c.createStatement()) {
                        return statement.getQueryTimeout();
                    }
                });
        unqualified();
        inTransactions();
        database.run("drop table branch.desk", "drop table desk", "drop schema branch");
    }

    /** Before, after the change, and as three connections after it have it. */
    private void property(String name, Change change, Reading reading) {
        script.step(name, () -> {
            StringBuilder seen = new StringBuilder();
            try (Connection connection = database.openNoted()) {
                seen.append(reading.of(connection));
                try {
                    change.on(connection);
                } finally {
                    seen.append(" -> ").append(reading.of(connection));
                }
            }
            return seen;
        });
        script.step(name + " of the next three", () -> {
            StringBuilder seen = new StringBuilder();
            try (Connection first = database.openNoted();
                    Connection second = database.openNoted()) {
                seen.append(reading.of(first)).append(' ').append(reading.of(second));
            }
            try (Connection third = database.openNoted()) {
                seen.append(' ').append(reading.of(third));
            }
            return seen;
        });
    }

    private void unqualified() {
        script.step("what a name means", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setSchema(database.isH2() ? "BRANCH" : "branch");
                Database.execute(connection, "insert into desk values (1)");
            }
            try (Connection connection = database.openNoted()) {
                Database.execute(connection, "insert into desk values (2)");
            }
            return database.query("select id from branch.desk") + " " + database.query("select id from desk");
        });
    }

    private void inTransactions() {
        script.step("all of it in one transaction that is left open", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setAutoCommit(false);
                connection.setSchema(database.isH2() ? "BRANCH" : "branch");
                Database.execute(connection, "insert into desk values (3)");
            }
            try (Connection connection = database.openNoted()) {
                return connection.getAutoCommit() + " " + connection.getTransactionIsolation() + " "
                        + connection.getSchema() + " " + Database.column(connection, "select id from desk");
            }
        });
        script.step("read-only in a transaction", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                connection.setReadOnly(true);
                return Database.execute(connection, "insert into desk values (4)");
            }
        });
        script.step("isolation in the middle of a transaction", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                Database.execute(connection, "insert into desk values (5)");
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                return connection.getTransactionIsolation();
            }
        });
        script.step("and afterwards", () -> {
            try (Connection connection = database.openNoted()) {
                return connection.getAutoCommit() + " " + connection.isReadOnly() + " "
                        + connection.getTransactionIsolation() + " "
                        + Database.column(connection, "select id from desk order by id");
            }
        });
        script.step("an isolation that is none", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setTransactionIsolation(99);
                return connection.getTransactionIsolation();
            }
        });
        script.step("warnings are not passed on", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setTypeMap(null);
                return connection.getWarnings();
            }
        });
    }
}
