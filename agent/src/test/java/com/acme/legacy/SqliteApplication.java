package com.acme.legacy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** The legacy application on SQLite. Argument: a folder of its own. */
public final class SqliteApplication {

    private SqliteApplication() {}

    public static void main(String[] arguments) throws Exception {
        String file = "jdbc:sqlite:" + Path.of(arguments[0]).resolve("orders.db");
        Script script = new Script("sqlite");
        script.step("class of the connection", () -> {
            try (Connection connection = DriverManager.getConnection(file);
                    Statement statement = connection.createStatement()) {
                SQLiteConnection own = (SQLiteConnection) connection;
                return connection.getClass() + " " + statement.getClass() + " " + own.getBusyTimeout();
            }
        });
        script.step("class of the data source's", () -> {
            SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig());
            source.setUrl(file);
            try (Connection connection = source.getConnection()) {
                return connection.getClass();
            }
        });
        script.step("memory is private", () -> {
            try (Connection first = DriverManager.getConnection("jdbc:sqlite::memory:");
                    Connection second = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                Database.execute(first, "create table t (id int)");
                return Database.column(second, "select name from sqlite_master");
            }
        });
        script.twice("memory is gone", () -> {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
                return Database.execute(connection, "create table t (id int)");
            }
        });
        script.step("a file stays", () -> {
            try (Connection connection = DriverManager.getConnection(file)) {
                connection.setAutoCommit(false);
                Database.execute(connection, "create table t (id int)");
                connection.commit();
                Database.execute(connection, "insert into t values (1)");
            }
            try (Connection connection = DriverManager.getConnection(file)) {
                return Database.column(connection, "select count(*) from t");
            }
        });
        script.step("a pragma goes", () -> {
            try (Connection connection = DriverManager.getConnection(file)) {
                Database.execute(connection, "pragma cache_size = 77");
            }
            try (Connection connection = DriverManager.getConnection(file)) {
                return Database.value(connection, "pragma cache_size");
            }
        });
        script.twice("no SQL", () -> {
            try (Connection connection = DriverManager.getConnection(file)) {
                return Database.execute(connection, "selekt");
            }
        });
        script.twice("no such folder", () -> DriverManager.getConnection("jdbc:sqlite:/nowhere/at/all.db"));
        script.refusal("use after close", () -> {
            Connection connection = DriverManager.getConnection(file);
            connection.close();
            return connection.createStatement();
        });
    }
}
