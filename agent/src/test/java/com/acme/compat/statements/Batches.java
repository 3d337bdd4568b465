package com.acme.compat.statements;

import com.acme.compat.Db;
import com.acme.compat.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Batches and their partial failures. */
public final class Batches {

    private static String table(Db db) throws SQLException {
        return db.table("id int not null primary key, name varchar(10)");
    }

    public void of_texts(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            statement.addBatch("insert into " + table + " values (1, 'a')");
            statement.addBatch("insert into " + table + " values (2, 'b')");
            statement.addBatch("update " + table + " set name = 'c'");
            log.step("counts", statement::executeBatch);
            log.step("again, empty", statement::executeBatch);
            statement.addBatch("delete from " + table);
            statement.clearBatch();
            log.step("cleared", statement::executeBatch);
            log.step("update count", statement::getUpdateCount);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void that_fails_in_the_middle(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            for (int id : new int[] {1, 2, 1, 3, 2, 4}) {
                statement.addBatch("insert into " + table + " values (" + id + ", 'x')");
            }
            log.step("counts", statement::executeBatch);
            log.step("batch is empty now", statement::executeBatch);
            log.step("usable", () -> statement.executeUpdate("insert into " + table + " values (9, 'y')"));
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void prepared_that_fails_in_the_middle(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            for (int id : new int[] {1, 2, 1, 3, 2, 4}) {
                statement.setInt(1, id);
                statement.setString(2, "x");
                statement.addBatch();
            }
            log.step("counts", statement::executeBatch);
            statement.setInt(1, 9);
            log.step("usable", statement::executeUpdate);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void that_fails_in_a_transaction(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.begin();
                PreparedStatement statement = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            for (int id : new int[] {1, 2, 1, 3}) {
                statement.setInt(1, id);
                statement.setString(2, "x");
                statement.addBatch();
            }
            log.step("counts", statement::executeBatch);
            log.query("read", connection, "select count(*) from " + table);
            log.act("commit", connection::commit);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void left_when_closed(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect()) {
            PreparedStatement statement = connection.prepareStatement("insert into " + table + " values (?, 'x')");
            statement.setInt(1, 1);
            statement.addBatch();
        }
        try (Connection connection = db.connect();
                PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " values (?, 'x')")) {
            log.step("somebody else's batch", statement::executeBatch);
            log.step("parameter not set", statement::executeUpdate);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void with_a_query_in_it(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            statement.addBatch("insert into " + table + " values (1, 'a')");
            statement.addBatch("select * from " + table);
            statement.addBatch("insert into " + table + " values (2, 'b')");
            log.step("counts", statement::executeBatch);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void large_and_empty(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.begin();
                PreparedStatement statement = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            log.step("empty", statement::executeBatch);
            log.step("empty, large", statement::executeLargeBatch);
            for (int i = 0; i < 500; i++) {
                statement.setInt(1, i);
                statement.setString(2, "x" + i);
                statement.addBatch();
            }
            log.step("500", () -> {
                long sum = 0;
                for (long each : statement.executeLargeBatch()) {
                    sum += each;
                }
                return sum;
            });
            connection.commit();
        }
        log.step("rows", () -> db.rows("select count(*), max(id) from " + table));
    }

    public void without_all_parameters(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            statement.setInt(1, 1);
            log.act("add", statement::addBatch);
            log.step("run", statement::executeBatch);
            log.act("text on a prepared one", () -> statement.addBatch("delete from " + table));
            log.act("clear parameters", statement::clearParameters);
            log.step("execute", statement::executeUpdate);
        }
    }

    public void too_long_a_value(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            statement.setInt(1, 1);
            statement.setString(2, "fits");
            statement.addBatch();
            statement.setInt(1, 2);
            statement.setString(2, "does not fit at all");
            statement.addBatch();
            log.step("run", statement::executeBatch);
            log.step("warnings", statement::getWarnings);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }
}
