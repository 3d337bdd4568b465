package com.acme.legacy.postgres;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Databases that are dropped after use, and tables that change between two uses of the same query. */
final class SchemaChanges {

    private SchemaChanges() {}

    static void play(Database database) throws SQLException {
        Script script = new Script("schema changes");
        String other = database.url() + "_copy";
        String name = other.substring(other.lastIndexOf('/') + 1);
        script.step("create", () -> database.run("create database " + name));
        Database copy = Database.postgres(other, PostgresApplication.USER, PostgresApplication.PASSWORD);
        script.step("use", () -> copy.query("select 1"));
        script.step("copy of it", () -> database.run("create database " + name + "2 template " + name));
        script.step("use again", () -> copy.query("select 1"));
        script.step("drop", () -> database.run("drop database " + name));
        script.step("drop copy", () -> database.run("/* tidy up */ drop database " + name + "2"));

        database.run("create table changing (a int)", "insert into changing values (1)");
        for (int i = 0; i < 8; i++) {
            columns(database);
        }
        script.step("before", () -> columns(database));
        script.step("alter", () -> elsewhere(database, "alter table changing add b int"));
        script.step("after, in a transaction", () -> columnsInTransaction(database));
        script.step("after", () -> columns(database));
        script.step("replace", () -> elsewhere(database, "drop table changing", "create table changing (c text)"));
        script.step("replaced", () -> columnsInTransaction(database));
        database.run("drop table changing");
    }

    /** Not on the connection that was used last. */
    private static int elsewhere(Database database, String... statements) throws SQLException {
        try (Connection last = database.open()) {
            return last.isClosed() ? 0 : database.run(statements);
        }
    }

    private static int columns(Database database) throws SQLException {
        try (Connection connection = database.open()) {
            return columns(connection);
        }
    }

    private static int columnsInTransaction(Database database) throws SQLException {
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            int columns = columns(connection);
            connection.commit();
            return columns;
        }
    }

    private static int columns(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select * from changing");
                ResultSet rows = statement.executeQuery()) {
            return rows.getMetaData().getColumnCount();
        }
    }
}
