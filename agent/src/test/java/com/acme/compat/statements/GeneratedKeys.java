package com.acme.compat.statements;

import com.acme.compat.Db;
import com.acme.compat.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Keys that the database makes. */
public final class GeneratedKeys {

    private static String table(Db db) throws SQLException {
        return db.table("id " + db.identity() + ", name varchar(40)");
    }

    public void by_flag(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step(
                    "insert",
                    () -> statement.executeUpdate(
                            "insert into " + table + " (name) values ('a')", Statement.RETURN_GENERATED_KEYS));
            log.step("keys", statement::getGeneratedKeys);
            log.step("keys again", statement::getGeneratedKeys);
            log.step(
                    "execute",
                    () -> statement.execute(
                            "insert into " + table + " (name) values ('b')", Statement.RETURN_GENERATED_KEYS));
            log.step("keys of it", statement::getGeneratedKeys);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void prepared(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into " + table + " (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (String name : new String[] {"a", "b", "c"}) {
                statement.setString(1, name);
                log.step("insert " + name, statement::executeUpdate);
                log.step("key", () -> {
                    try (ResultSet keys = statement.getGeneratedKeys()) {
                        return keys.next() + " " + keys.getInt(1) + " " + keys.next();
                    }
                });
            }
        }
    }

    public void by_column_names(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect()) {
            log.step("two columns", () -> {
                try (PreparedStatement statement = connection.prepareStatement(
                        "insert into " + table + " (name) values (?)", new String[] {db.kept("id"), db.kept("name")})) {
                    statement.setString(1, "a");
                    statement.executeUpdate();
                    return Log.rows(statement.getGeneratedKeys());
                }
            });
            log.step("no such column", () -> {
                try (PreparedStatement statement = connection.prepareStatement(
                        "insert into " + table + " (name) values (?)", new String[] {"nothing"})) {
                    statement.setString(1, "b");
                    statement.executeUpdate();
                    return Log.rows(statement.getGeneratedKeys());
                }
            });
            log.step("by index", () -> {
                try (PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " (name) values (?)", new int[] {1})) {
                    statement.setString(1, "c");
                    statement.executeUpdate();
                    return Log.rows(statement.getGeneratedKeys());
                }
            });
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void not_asked_for(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into " + table + " (name) values ('a')");
            log.step("keys", () -> {
                ResultSet keys = statement.getGeneratedKeys();
                return keys != null; // HSQLDB has one empty set for everybody, and it may be closed
            });
            log.step("and their statement", () -> {
                ResultSet keys = statement.getGeneratedKeys();
                return keys == null ? null : keys.getStatement() == statement;
            });
        }
    }

    public void of_a_batch(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "insert into " + table + " (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 5; i++) {
                statement.setString(1, "row " + i);
                statement.addBatch();
            }
            log.step("batch", statement::executeBatch);
            log.step("keys", statement::getGeneratedKeys);
        }
    }

    public void of_many_rows_and_none(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step(
                    "three",
                    () -> statement.executeUpdate(
                            "insert into " + table + " (name) values ('a'), ('b'), ('c')",
                            Statement.RETURN_GENERATED_KEYS));
            log.step("keys", statement::getGeneratedKeys);
            log.step(
                    "none",
                    () -> statement.executeUpdate(
                            "insert into " + table + " (name) select name from " + table + " where 1 = 0",
                            Statement.RETURN_GENERATED_KEYS));
            log.step("no keys", statement::getGeneratedKeys);
            log.step(
                    "update",
                    () -> statement.executeUpdate(
                            "update " + table + " set name = 'z'", Statement.RETURN_GENERATED_KEYS));
            log.step("keys of an update", statement::getGeneratedKeys);
        }
    }

    public void after_rollback(Db db, Log log) throws SQLException {
        String table = table(db);
        for (int round = 0; round < 2; round++) {
            try (Connection connection = db.begin();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate(
                        "insert into " + table + " (name) values ('a')", Statement.RETURN_GENERATED_KEYS);
                log.step("keys", statement::getGeneratedKeys);
                connection.rollback();
            }
        }
        log.step("rows", () -> db.rows("select count(*) from " + table));
    }

    public void read_after_close(Db db, Log log) throws SQLException {
        String table = table(db);
        Connection connection = db.connect();
        Statement statement = connection.createStatement();
        statement.executeUpdate("insert into " + table + " (name) values ('a')", Statement.RETURN_GENERATED_KEYS);
        ResultSet keys = statement.getGeneratedKeys();
        statement.close();
        log.step("after the statement's close", keys::next);
        log.step("keys of a closed statement", statement::getGeneratedKeys);
        connection.close();
        log.step("after the connection's close", keys::next);
    }
}
