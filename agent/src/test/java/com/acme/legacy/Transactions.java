package com.acme.legacy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;

/** How transactions begin and end. */
public final class Transactions {

    private final Script script = new Script("transactions");
    private final Database database;

    private Transactions(Database database) {
        this.database = database;
    }

    public static void play(Database database) throws SQLException {
        new Transactions(database).play();
    }

    private void play() throws SQLException {
        database.run("create table account (id int primary key, balance int not null)");
        ends();
        savepoints();
        failures();
        batches();
        timeouts();
        database.run("drop table account");
    }

    private List<Object> ids() throws SQLException {
        return database.query("select id from account order by id");
    }

    private static int insert(Connection connection, int id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into account values (?, ?)")) {
            insert.setInt(1, id);
            insert.setInt(2, 10 * id);
            return insert.executeUpdate();
        }
    }

    private void ends() {
        script.step("close without commit rolls back", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                insert(connection, 1);
            }
            return ids();
        });
        script.step("auto-commit is back", () -> {
            try (Connection connection = database.openNoted()) {
                return connection.getAutoCommit();
            }
        });
        script.step("setAutoCommit(true) commits", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                insert(connection, 2);
                connection.setAutoCommit(true);
            }
            return ids();
        });
        script.step("commit, then more work that is not", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                insert(connection, 3);
                connection.commit();
                insert(connection, 4);
            }
            return ids();
        });
        script.step("rollback, then more work that is committed", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                insert(connection, 5);
                connection.rollback();
                insert(connection, 6);
                connection.commit();
            }
            return ids();
        });
        script.step("commit in auto-commit mode", () -> {
            try (Connection connection = database.openNoted()) {
                connection.commit();
                return "committed";
            }
        });
        script.step("rollback in auto-commit mode", () -> {
            try (Connection connection = database.openNoted()) {
                connection.rollback();
                return "rolled back";
            }
        });
        script.step("a transaction begun by SQL text", () -> {
            try (Connection connection = database.openNoted()) {
                Database.execute(connection, "BEGIN");
                insert(connection, 7);
            }
            try (Connection connection = database.openNoted()) {
                insert(connection, 8);
            }
            return ids();
        });
        script.step("work behind a closed statement", () -> {
            Connection connection = database.openNoted();
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.executeUpdate("insert into account values (9, 90)");
            connection.close();
            statement.close();
            return ids();
        });
        script.step("another connection sees it only when committed", () -> {
            try (Connection writer = database.openNoted();
                    Connection reader = database.openNoted()) {
                writer.setAutoCommit(false);
                insert(writer, 11);
                List<Object> before = Database.column(reader, "select id from account where id = 11");
                writer.commit();
                return before + " " + Database.column(reader, "select id from account where id = 11");
            }
        });
    }

    private void savepoints() {
        script.step("rollback to a savepoint", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                insert(connection, 20);
                Savepoint named = connection.setSavepoint("half");
                insert(connection, 21);
                connection.rollback(named);
                connection.commit();
                return named.getSavepointName() + " " + ids();
            }
        });
        script.step("a released savepoint", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                Savepoint savepoint = connection.setSavepoint();
                insert(connection, 22);
                connection.releaseSavepoint(savepoint);
                connection.rollback(savepoint);
                return "rolled back";
            }
        });
        script.step("a savepoint in auto-commit mode", () -> {
            try (Connection connection = database.openNoted()) {
                return connection.setSavepoint("nothing").getSavepointName();
            }
        });
        script.step("what is left of it", this::ids);
    }

    private void failures() {
        script.step("a row twice", () -> {
            try (Connection connection = database.openNoted()) {
                insert(connection, 2);
                return "inserted";
            }
        });
        script.step("goes on after a failure", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                insert(connection, 30);
                try {
                    insert(connection, 30);
                } catch (SQLException twice) {
                    insert(connection, 31);
                }
                connection.commit();
                return ids();
            }
        });
        script.step("commits what failed before", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                insert(connection, 32);
                try {
                    insert(connection, 32);
                } catch (SQLException twice) {
                    connection.commit();
                }
                return ids();
            }
        });
        script.step("rolls back after a failure and goes on", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                try {
                    insert(connection, 2);
                } catch (SQLException twice) {
                    connection.rollback();
                }
                insert(connection, 33);
                connection.commit();
                return ids();
            }
        });
        script.twice("a table that is not there", () -> database.query("select * from nowhere"));
        script.twice("no SQL at all", () -> database.run("selekt 1"));
        script.step("null instead of SQL", () -> {
            try (Connection connection = database.openNoted()) {
                return connection.prepareStatement(null);
            }
        });
        script.step("a parameter too many", () -> {
            try (Connection connection = database.openNoted();
                    PreparedStatement select = connection.prepareStatement("select id from account where id = ?")) {
                select.setInt(2, 1);
                return "set";
            }
        });
        script.step("a parameter too few", () -> {
            try (Connection connection = database.openNoted();
                    PreparedStatement select = connection.prepareStatement("select id from account where id = ?")) {
                return select.executeQuery();
            }
        });
        script.step("a column that is not there", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from account")) {
                rows.next();
                return rows.getInt("nothing");
            }
        });
        script.step("before the first row", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from account")) {
                return rows.getInt(1);
            }
        });
    }

    private void batches() {
        script.step("a batch", () -> {
            try (Connection connection = database.openNoted();
                    PreparedStatement insert = connection.prepareStatement("insert into account values (?, 1)")) {
                connection.setAutoCommit(false);
                for (int id = 40; id < 44; id++) {
                    insert.setInt(1, id);
                    insert.addBatch();
                }
                int[] counts = insert.executeBatch();
                connection.commit();
                return counts;
            }
        });
        script.step("a batch with a row twice", () -> {
            try (Connection connection = database.openNoted();
                    PreparedStatement insert = connection.prepareStatement("insert into account values (?, 1)")) {
                for (int id : new int[] {50, 41, 51}) {
                    insert.setInt(1, id);
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
        script.step("a batch of texts with a mistake, in a transaction", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.addBatch("insert into account values (60, 1)");
                statement.addBatch("insert into nowhere values (61, 1)");
                statement.addBatch("insert into account values (62, 1)");
                return statement.executeBatch();
            }
        });
        script.step("a batch that was cleared", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                statement.addBatch("insert into account values (70, 1)");
                statement.clearBatch();
                return statement.executeBatch();
            }
        });
        script.step("after the batches", this::ids);
        script.step("generated keys", () -> {
            database.run(
                    "create table numbered (id int generated by default as identity primary key, name varchar(9))");
            try (Connection connection = database.openNoted();
                    PreparedStatement insert = connection.prepareStatement(
                            "insert into numbered (name) values ('a')", Statement.RETURN_GENERATED_KEYS)) {
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    return keys.getInt(1) + " " + (keys.getStatement() == insert);
                }
            }
        });
        script.step("without the numbered", () -> database.run("drop table numbered"));
    }

    private void timeouts() {
        String slow =
                database.isH2() ? "select sum(mod(x, 7)) from system_range(1, 100000000000)" : "select pg_sleep(60)";
        script.step("a statement that takes too long", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(1);
                return statement.executeQuery(slow).next();
            }
        });
        script.step("timeout of the next statement", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                return statement.getQueryTimeout();
            }
        });
        script.step("goes on after a timeout", this::ids);
    }
}
