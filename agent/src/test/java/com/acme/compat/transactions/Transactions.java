package com.acme.compat.transactions;

import com.acme.compat.Alone;
import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Beginning and ending transactions. */
public final class Transactions {

    public void committed(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            log.act("commit", connection::commit);
            Db.execute(connection, "insert into " + table + " values (3, 'c')");
            log.act("rollback", connection::rollback);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void closed_while_open(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        Db.execute(connection, "insert into " + table + " values (2, 'b')");
        log.act("close", connection::close);
        log.step("closed", connection::isClosed);
        log.act("commit too late", connection::commit);
        log.act("rollback", () -> {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        });
        log.act("close again", connection::close);
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void closed_after_a_query_only(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        Db.rows(connection, "select * from " + table);
        log.act("close", connection::close);
        log.step("closed", connection::isClosed);
        log.step("free for others", () -> db.run("delete from " + table));
    }

    public void closed_while_failed(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        Db.execute(connection, "insert into " + table + " values (2, 'b')");
        log.step("fail", () -> Db.execute(connection, "insert into " + table + " values (1, 'x')"));
        log.step("after", () -> Db.rows(connection, "select * from " + table + " order by id"));
        log.act("close", connection::close);
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void auto_commit_true_in_the_middle(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            log.act("auto-commit", () -> connection.setAutoCommit(true));
            log.step("rows", () -> db.rows("select * from " + table + " order by id"));
            Db.execute(connection, "insert into " + table + " values (3, 'c')");
            log.act("auto-commit again", () -> connection.setAutoCommit(true));
        }
        log.step("rows then", () -> db.rows("select * from " + table + " order by id"));
    }

    public void commit_in_auto_commit_mode(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.act("commit", connection::commit);
            log.act("rollback", connection::rollback);
            log.act("savepoint", connection::setSavepoint);
            log.act("begin request", connection::beginRequest);
            log.act("end request", connection::endRequest);
        }
    }

    public void auto_commit_false_left_behind(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        for (int i = 2; i < 5; i++) {
            Connection connection = db.connect();
            log.step("auto-commit", connection::getAutoCommit);
            Db.execute(connection, "insert into " + table + " values (" + i + ", 'x')");
            connection.setAutoCommit(false);
            connection.close();
        }
        log.step("rows", () -> db.rows("select count(*) from " + table));
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.SQLITE, Kind.HSQLDB})
    public void begun_by_text(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        String begin = db.kind() == Kind.HSQLDB ? "start transaction" : "begin";
        Connection connection = db.connect();
        log.step("begin", () -> Db.execute(connection, begin));
        log.step("insert", () -> Db.execute(connection, "insert into " + table + " values (2, 'b')"));
        log.step("auto-commit", connection::getAutoCommit);
        log.act("close", connection::close);
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
        try (Connection next = db.connect()) {
            log.step("next begin", () -> Db.execute(next, begin));
            log.step("next insert", () -> Db.execute(next, "insert into " + table + " values (3, 'c')"));
            log.step("next commit", () -> Db.execute(next, "commit"));
        }
        log.step("rows then", () -> db.rows("select * from " + table + " order by id"));
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.HSQLDB, Kind.MARIADB})
    @Alone
    public void auto_commit_switched_off_by_text(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        String off = db.kind() == Kind.MARIADB ? "set autocommit = 0" : "set autocommit false";
        Connection connection = db.connect();
        log.step("off", () -> Db.execute(connection, off));
        log.step("auto-commit", connection::getAutoCommit);
        log.step("insert", () -> Db.execute(connection, "insert into " + table + " values (2, 'b')"));
        log.act("close", connection::close);
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
        try (Connection next = db.connect()) {
            log.step("auto-commit of the next", next::getAutoCommit);
            log.step("its insert", () -> Db.execute(next, "insert into " + table + " values (3, 'c')"));
        }
        log.step("rows then", () -> db.rows("select * from " + table + " order by id"));
    }

    public void ended_by_text(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            log.step("commit", () -> Db.execute(connection, "commit"));
            Db.execute(connection, "insert into " + table + " values (3, 'c')");
            log.step("rollback", () -> Db.execute(connection, "rollback"));
            Db.execute(connection, "insert into " + table + " values (4, 'd')");
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void locks_are_gone_after_close(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        Connection connection = db.begin();
        log.step("lock", () -> Db.execute(connection, "update " + table + " set name = 'mine' where id = 1"));
        connection.close();
        try (Connection other = db.begin();
                Statement statement = other.createStatement()) {
            statement.setQueryTimeout(5);
            log.step("other", () -> statement.executeUpdate("update " + table + " set name = 'other' where id = 1"));
            other.commit();
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void ddl_in_a_transaction(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        String other = db.name("u");
        try (Connection connection = db.begin()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            log.step("create", () -> Db.execute(connection, "create table " + other + " (id int)"));
            log.act("rollback", connection::rollback);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
        log.step("table", () -> db.rows("select count(*) from " + other));
    }

    public void rolled_back_with_a_statement_in_use(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin();
                PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " values (?, 'x')")) {
            for (int i = 2; i < 8; i++) {
                statement.setInt(1, i);
                statement.executeUpdate();
                if (i % 2 == 0) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
            }
        }
        log.step("rows", () -> db.rows("select id from " + table + " order by id"));
    }

    public void read_only(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.connect()) {
            log.act("set", () -> connection.setReadOnly(true));
            log.step("is", connection::isReadOnly);
            log.step("write", () -> Db.execute(connection, "insert into " + table + " values (2, 'b')"));
            log.act("auto-commit off", () -> connection.setAutoCommit(false));
            log.step("write then", () -> Db.execute(connection, "insert into " + table + " values (3, 'c')"));
            log.act("unset in a transaction", () -> connection.setReadOnly(false));
        }
        log.step("next writes", () -> db.run("insert into " + table + " values (4, 'd')"));
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void two_that_wait_for_each_other(Db db, Log log) throws Exception {
        if (db.kind() == Kind.SQLITE || db.kind() == Kind.HSQLDB || db.kind() == Kind.DERBY) {
            return; // lock whole files or tables, and wait for ever
        }
        String table = db.rowsOf(2);
        try (Connection one = db.begin();
                Connection two = db.begin()) {
            Db.execute(one, "update " + table + " set name = 'one' where id = 1");
            Db.execute(two, "update " + table + " set name = 'two' where id = 2");
            var other = new java.util.concurrent.FutureTask<Object>(() -> {
                try {
                    return Db.execute(two, "update " + table + " set name = 'two' where id = 1");
                } catch (SQLException victim) {
                    two.rollback();
                    return "victim " + victim.getSQLState();
                }
            });
            new Thread(other).start();
            Object mine;
            try {
                mine = Db.execute(one, "update " + table + " set name = 'one' where id = 2");
            } catch (SQLException victim) {
                mine = "victim " + victim.getSQLState();
            }
            one.rollback();
            List<String> ends = new ArrayList<>(List.of(String.valueOf(mine), String.valueOf(other.get())));
            ends.sort(null);
            log.note("one of them loses", ends);
        }
        log.step("both are free", () -> db.run("delete from " + table));
    }
}
