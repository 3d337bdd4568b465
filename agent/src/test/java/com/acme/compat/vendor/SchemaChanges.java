package com.acme.compat.vendor;

import com.acme.compat.Alone;
import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Changing tables and databases while others work. */
public final class SchemaChanges {

    public void under_a_statement_in_use(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("select * from " + table + " order by id")) {
            for (int i = 0; i < 7; i++) {
                log.step("before", statement::executeQuery);
            }
            log.step("alter", () -> db.run("alter table " + table + " add column more int"));
            log.step("after", statement::executeQuery);
            log.step("again", statement::executeQuery);
        }
    }

    public void under_a_statement_used_before(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        for (int i = 0; i < 8; i++) {
            try (Connection connection = db.connect();
                    PreparedStatement statement =
                            connection.prepareStatement("select * from " + table + " order by id")) {
                log.step("before", statement::executeQuery);
            }
        }
        log.step("alter", () -> db.run("alter table " + table + " add column more int"));
        for (int i = 0; i < 2; i++) {
            try (Connection connection = db.begin();
                    PreparedStatement statement =
                            connection.prepareStatement("select * from " + table + " order by id")) {
                log.step("after", statement::executeQuery);
                connection.rollback();
            }
        }
    }

    public void dropped_and_made_again(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        for (int i = 0; i < 8; i++) {
            try (Connection connection = db.connect();
                    PreparedStatement statement =
                            connection.prepareStatement("select * from " + table + " where id = ?")) {
                statement.setInt(1, 1);
                log.step("before", statement::executeQuery);
            }
        }
        log.step("drop", () -> db.run("drop table " + table));
        log.step("none", () -> db.rows("select * from " + table));
        log.step("create", () -> db.run("create table " + table + " (id varchar(10), other int)"));
        log.step("insert", () -> db.run("insert into " + table + " values ('1', 2)"));
        try (Connection connection = db.begin();
                PreparedStatement statement = connection.prepareStatement("select * from " + table + " where id = ?")) {
            statement.setString(1, "1");
            log.step("after", statement::executeQuery);
            connection.rollback();
        }
    }

    public void dropped_while_rows_are_open(Db db, Log log) throws SQLException {
        if (db.kind() == Kind.MARIADB || db.kind() == Kind.POSTGRES || db.kind() == Kind.DERBY) {
            return; // waits for the transaction that reads
        }
        String table = db.rowsOf(3);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("select * from " + table + " order by id");
                var rows = statement.executeQuery()) {
            log.step("next", rows::next);
            log.step("drop", () -> Db.execute(connection, "drop table " + table));
            log.step("next then", rows::next);
        }
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB})
    @Alone
    public void temporary_tables(Db db, Log log) throws SQLException {
        String create = db.kind().isH2()
                ? "create local temporary table scratch (id int)"
                : "create temporary table scratch (id int)";
        for (int i = 0; i < 2; i++) {
            try (Connection connection = db.connect()) {
                log.step("create", () -> Db.execute(connection, create));
                log.step("insert", () -> Db.execute(connection, "insert into scratch values (1)"));
                log.query("rows", connection, "select * from scratch");
            }
        }
        log.step("somebody else's", () -> db.rows("select * from scratch"));
    }

    @On({Kind.POSTGRES, Kind.MARIADB})
    public void database_made_used_and_dropped(Db db, Log log) throws SQLException {
        String name = db.url().replaceFirst(".*:\\d{4,5}/([a-z_0-9]+).*", "$1") + "_extra";
        log.mask(name, "extra");
        String url = db.url().replaceFirst("(:\\d{4,5}/)[a-z_0-9]+", "$1" + name);
        for (int i = 0; i < 2; i++) {
            log.step(
                    "create",
                    () -> db.run(
                            "create database " + name + (db.kind() == Kind.POSTGRES ? " template template0" : "")));
            log.step("use", () -> {
                try (Connection connection =
                        db.noted(java.sql.DriverManager.getConnection(url, db.user(), db.password()))) {
                    Db.execute(connection, "create table t (id int)");
                    return Db.rows(connection, "select count(*) from t");
                }
            });
            log.step("drop", () -> db.run("drop database " + name));
            log.step("use when dropped", () -> {
                try (Connection connection =
                        db.noted(java.sql.DriverManager.getConnection(url, db.user(), db.password()))) {
                    return Db.rows(connection, "select count(*) from t");
                }
            });
        }
    }

    public void truncated_and_renamed(Db db, Log log) throws SQLException {
        String table = db.rowsOf(3);
        log.step("truncate", () -> db.run("truncate table " + table));
        log.step("rows", () -> db.rows("select count(*) from " + table));
        String other = db.name("u");
        log.step("rename", () -> db.run("alter table " + table + " rename to " + other));
        log.step("old", () -> db.rows("select count(*) from " + table));
        log.step("new", () -> db.rows("select count(*) from " + other));
    }

    public void users_schemas_and_views(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        String view = db.name("v");
        log.step("view", () -> db.run("create view " + view + " as select id from " + table));
        log.step("rows", () -> db.rows("select * from " + view + " order by id"));
        log.step("drop table under it", () -> db.run("drop table " + table));
        log.step("drop view", () -> db.run("drop view " + view));
        log.step("drop view again", () -> db.run("drop view " + view));
    }
}
