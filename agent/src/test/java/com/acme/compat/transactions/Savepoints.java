package com.acme.compat.transactions;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Savepoints. */
public final class Savepoints {

    public void back_to_the_middle(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin()) {
            Savepoint first = connection.setSavepoint();
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            Savepoint second = connection.setSavepoint("second");
            log.step("name", second::getSavepointName);
            log.step("id of a named one", second::getSavepointId);
            log.step("name of one without", first::getSavepointName);
            log.step("id", () -> first.getSavepointId() >= 0);
            Db.execute(connection, "insert into " + table + " values (3, 'c')");
            log.act("back to second", () -> connection.rollback(second));
            log.query("rows", connection, "select * from " + table + " order by id");
            log.act("back to first", () -> connection.rollback(first));
            log.act("second is gone", () -> connection.rollback(second));
            log.query("rows then", connection, "select * from " + table + " order by id");
            log.act("release", () -> connection.releaseSavepoint(first));
            log.act("release again", () -> connection.releaseSavepoint(first));
            log.step("name after", second::getSavepointName);
            log.act("commit", connection::commit);
        }
        log.step("rows at last", () -> db.rows("select * from " + table + " order by id"));
    }

    public void after_a_failure(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            Savepoint savepoint = connection.setSavepoint();
            log.step("fail", () -> Db.execute(connection, "insert into " + table + " values (1, 'x')"));
            log.act("back", () -> connection.rollback(savepoint));
            log.step("go on", () -> Db.execute(connection, "insert into " + table + " values (3, 'c')"));
            log.act("commit", connection::commit);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void after_the_transaction(Db db, Log log) throws SQLException {
        try (Connection connection = db.begin()) {
            Savepoint savepoint = connection.setSavepoint("old");
            connection.commit();
            log.act("back", () -> connection.rollback(savepoint));
            log.act("release", () -> connection.releaseSavepoint(savepoint));
            log.act("null", () -> connection.rollback(null));
        }
    }

    @SuppressWarnings("try") // closes early on purpose
    public void of_another_connection(Db db, Log log) throws SQLException {
        try (Connection one = db.begin();
                Connection other = db.begin()) {
            Savepoint savepoint = one.setSavepoint("mine");
            log.act("back", () -> other.rollback(savepoint));
            other.rollback();
            log.act("still mine", () -> one.rollback(savepoint));
            if (db.kind() == Kind.MARIADB || db.kind() == Kind.POSTGRES) { // to others it is more than a name
                one.rollback();
                one.close();
                log.act("of a closed one", () -> other.rollback(savepoint));
                other.rollback();
                other.setSavepoint("mine");
                log.act("by its name", () -> other.rollback(savepoint));
                other.rollback();
            }
        }
    }

    public void kept_past_close(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        Savepoint savepoint = connection.setSavepoint("kept");
        connection.rollback();
        connection.close();
        try (Connection next = db.begin()) {
            Db.execute(next, "insert into " + table + " values (2, 'b')");
            Savepoint its = next.setSavepoint("kept");
            Db.execute(next, "insert into " + table + " values (3, 'c')");
            log.act("by the closed one", () -> connection.rollback(savepoint));
            log.query("rows", next, "select * from " + table + " order by id");
            log.step("name after close", savepoint::getSavepointName);
            log.act("its own", () -> next.rollback(its));
            next.commit();
        }
        log.step("rows then", () -> db.rows("select * from " + table + " order by id"));
    }

    public void left_open(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        connection.setSavepoint("a");
        Db.execute(connection, "insert into " + table + " values (2, 'b')");
        connection.setSavepoint("b");
        log.act("close", connection::close);
        try (Connection next = db.begin()) {
            log.act("same names", () -> next.setSavepoint("a"));
            log.query("rows", next, "select * from " + table);
            next.rollback();
        }
    }
}
