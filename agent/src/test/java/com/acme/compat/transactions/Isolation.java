package com.acme.compat.transactions;

import com.acme.compat.Alone;
import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Isolation levels and holdability. */
public final class Isolation {

    private static final int[] LEVELS = {
        Connection.TRANSACTION_NONE,
        Connection.TRANSACTION_READ_UNCOMMITTED,
        Connection.TRANSACTION_READ_COMMITTED,
        Connection.TRANSACTION_REPEATABLE_READ,
        Connection.TRANSACTION_SERIALIZABLE,
        99
    };

    public void every_level(Db db, Log log) throws SQLException {
        for (int level : LEVELS) {
            try (Connection connection = db.connect()) {
                log.act("set " + level, () -> connection.setTransactionIsolation(level));
                log.step("is", connection::getTransactionIsolation);
                log.step("supported", () -> connection.getMetaData().supportsTransactionIsolationLevel(level));
            }
            try (Connection connection = db.connect()) {
                log.step("the next one's", connection::getTransactionIsolation);
            }
        }
    }

    public void in_the_middle_of_a_transaction(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            log.act("set", () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
            log.step("is", connection::getTransactionIsolation);
            log.act("rollback", connection::rollback);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
        try (Connection connection = db.connect()) {
            log.step("the next one's", connection::getTransactionIsolation);
        }
    }

    public void what_others_see(Db db, Log log) throws SQLException {
        if (db.kind() == Kind.DERBY || db.kind() == Kind.HSQLDB || db.kind() == Kind.SQLITE) {
            return; // readers wait for writers
        }
        String table = db.rowsOf(2);
        for (int level : new int[] {Connection.TRANSACTION_READ_COMMITTED, Connection.TRANSACTION_REPEATABLE_READ}) {
            try (Connection reader = db.begin()) {
                reader.setTransactionIsolation(level);
                log.query("first", reader, "select count(*) from " + table);
                log.step("insert", () -> db.run("insert into " + table + " values (" + (10 + level) + ", 'x')"));
                log.query("second", reader, "select count(*) from " + table);
            }
        }
    }

    public void holdability(Db db, Log log) throws SQLException {
        String table = db.rowsOf(30);
        for (int holdability : new int[] {ResultSet.HOLD_CURSORS_OVER_COMMIT, ResultSet.CLOSE_CURSORS_AT_COMMIT, 5}) {
            try (Connection connection = db.begin()) {
                log.act("set " + holdability, () -> connection.setHoldability(holdability));
                log.step("is", connection::getHoldability);
                try (Statement statement = connection.createStatement()) {
                    statement.setFetchSize(5);
                    ResultSet rows = statement.executeQuery("select * from " + table + " order by id");
                    rows.next();
                    log.act("commit", connection::commit);
                    log.step("next", rows::next);
                    log.step("closed", rows::isClosed);
                    log.step("of the statement", statement::getResultSetHoldability);
                }
            }
        }
    }

    public void held_rows_after_close(Db db, Log log) throws SQLException {
        String table = db.rowsOf(30);
        Connection connection = db.begin();
        log.act("hold", () -> {
            Statement statement = connection.createStatement(
                    ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.HOLD_CURSORS_OVER_COMMIT);
            statement.setFetchSize(5);
            ResultSet rows = statement.executeQuery("select * from " + table + " order by id");
            rows.next();
            connection.commit();
            log.step("next", rows::next);
            connection.close();
            log.step("next after close", rows::next);
            log.step("closed", rows::isClosed);
        });
        log.step("free", () -> db.run("drop table " + table));
    }

    @Alone
    public void left_behind(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.act("isolation", () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
            log.act("read-only", () -> connection.setReadOnly(true));
            log.act("auto-commit", () -> connection.setAutoCommit(false));
            log.act("holdability", () -> connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT));
            log.act("schema", () -> connection.setSchema(db.attic()));
            log.act("timeout", () -> connection.setNetworkTimeout(Runnable::run, 50_000));
            log.step("in use", () -> Db.rows(connection, db.one("1")));
        }
        for (int i = 0; i < 3; i++) {
            try (Connection connection = db.connect()) {
                log.step("isolation then", connection::getTransactionIsolation);
                log.step("read-only then", connection::isReadOnly);
                log.step("auto-commit then", connection::getAutoCommit);
                log.step("holdability then", connection::getHoldability);
                log.step("schema then", connection::getSchema);
                log.step("timeout then", connection::getNetworkTimeout);
            }
        }
    }
}
