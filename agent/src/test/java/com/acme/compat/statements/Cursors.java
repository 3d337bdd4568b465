package com.acme.compat.statements;

import com.acme.compat.Db;
import com.acme.compat.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Moving about in rows, and changing them on the way. */
public final class Cursors {

    public void forwards(Db db, Log log) throws SQLException {
        String table = db.rowsOf(4);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table + " order by id")) {
            log.step("before the first", rows::isBeforeFirst);
            log.step("value before the first", () -> rows.getInt(1));
            log.step("next", rows::next);
            log.step("first", rows::isFirst);
            log.step("row", rows::getRow);
            log.step("previous", rows::previous);
            log.step("absolute", () -> rows.absolute(3));
            log.step("last", rows::last);
            log.step("type", rows::getType);
            log.step("concurrency", rows::getConcurrency);
            log.step("direction", rows::getFetchDirection);
            log.step("holdability", rows::getHoldability);
            log.step("cursor name", rows::getCursorName);
            log.step("statement", () -> rows.getStatement() == statement);
            while (rows.next()) {
                log.step("row", () -> rows.getRow() + rows.getString("name"));
            }
            log.step("after the last", rows::isAfterLast);
            log.step("value after the last", () -> rows.getInt(1));
            log.step("next after the last", rows::next);
        }
    }

    public void scrolling(Db db, Log log) throws SQLException {
        String table = db.rowsOf(6);
        try (Connection connection = db.connect()) {
            log.act("scroll", () -> {
                try (Statement statement = connection.createStatement(
                                ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
                        ResultSet rows = statement.executeQuery("select * from " + table + " order by id")) {
                    log.step("last", () -> rows.last() + " " + rows.getRow() + rows.getInt(1));
                    log.step("first", () -> rows.first() + " " + rows.getRow() + rows.getInt(1));
                    log.step("absolute 3", () -> rows.absolute(3) + " " + rows.getInt(1));
                    log.step("absolute -2", () -> rows.absolute(-2) + " " + rows.getInt(1));
                    log.step("relative -3", () -> rows.relative(-3) + " " + rows.getInt(1));
                    log.step("previous", () -> rows.previous() + " " + rows.getInt(1));
                    log.step("previous of the first", rows::previous);
                    log.act("after last", rows::afterLast);
                    log.step("previous then", () -> rows.previous() + " " + rows.getInt(1));
                    log.act("before first", rows::beforeFirst);
                    log.step("is", rows::isBeforeFirst);
                    log.step("absolute 99", () -> rows.absolute(99) + " " + rows.isAfterLast());
                    log.act("backwards", () -> rows.setFetchDirection(ResultSet.FETCH_REVERSE));
                    log.act("fetch size", () -> rows.setFetchSize(2));
                    log.step("fetch size is", rows::getFetchSize);
                }
            });
        }
    }

    public void updating(Db db, Log log) throws SQLException {
        String table = db.rowsOf(5);
        try (Connection connection = db.connect()) {
            log.act("updatable", () -> {
                try (Statement statement = connection.createStatement(
                                ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                        ResultSet rows = statement.executeQuery("select id, name from " + table)) {
                    log.step("warnings", statement::getWarnings);
                    log.step("got", () -> rows.getType() + " " + rows.getConcurrency());
                    log.step("next", rows::next);
                    log.act("change", () -> rows.updateString("name", "changed"));
                    log.act("cancel", rows::cancelRowUpdates);
                    log.act("change again", () -> rows.updateString(2, "changed again"));
                    log.act("write", rows::updateRow);
                    log.step("updated", rows::rowUpdated);
                    log.step("value", () -> rows.getString(2));
                    log.act("refresh", rows::refreshRow);
                    rows.next();
                    log.act("delete", rows::deleteRow);
                    log.step("deleted", rows::rowDeleted);
                    log.act("to insert", rows::moveToInsertRow);
                    log.act("id", () -> rows.updateInt(1, 77));
                    log.act("null", () -> rows.updateNull(2));
                    log.act("insert", rows::insertRow);
                    log.act("same again", rows::insertRow);
                    log.act("back", rows::moveToCurrentRow);
                    log.step("inserted", rows::rowInserted);
                }
            });
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void updating_what_cannot_be(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            rows.next();
            log.act("read-only", () -> rows.updateString(2, "x"));
            log.act("write", rows::updateRow);
            log.act("delete", rows::deleteRow);
            log.act("insert", rows::moveToInsertRow);
        }
        try (Connection connection = db.connect()) {
            log.act("aggregate", () -> {
                try (Statement statement =
                                connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
                        ResultSet rows = statement.executeQuery("select max(id), count(*) from " + table)) {
                    rows.next();
                    rows.updateInt(1, 4);
                    rows.updateRow();
                }
            });
        }
    }

    public void named(Db db, Log log) throws SQLException {
        String table = db.rowsOf(3);
        try (Connection connection = db.begin()) {
            log.act("positioned update", () -> {
                try (Statement statement = connection.createStatement();
                        Statement other = connection.createStatement()) {
                    statement.setCursorName("at_work");
                    ResultSet rows = statement.executeQuery("select * from " + table + " for update");
                    rows.next();
                    log.step(
                            "updated",
                            () -> other.executeUpdate(
                                    "update " + table + " set name = 'here' where current of at_work"));
                }
            });
            connection.rollback();
        }
    }

    public void streaming(Db db, Log log) throws SQLException {
        String table = db.rowsOf(300);
        try (Connection connection = db.begin();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(50);
            try (ResultSet rows = statement.executeQuery("select * from " + table + " order by id")) {
                int sum = 0;
                for (int i = 0; i < 120; i++) {
                    rows.next();
                    sum += rows.getInt(1);
                }
                log.note("sum of 120", sum);
                log.query("another query meanwhile", connection, "select count(*) from " + table);
                while (rows.next()) {
                    sum += rows.getInt(1);
                }
                log.note("sum of all", sum);
            }
            log.act("commit", connection::commit);
        }
    }

    public void streaming_across_commit(Db db, Log log) throws SQLException {
        String table = db.rowsOf(100);
        try (Connection connection = db.begin();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(10);
            ResultSet rows = statement.executeQuery("select * from " + table + " order by id");
            log.step("next", rows::next);
            log.act("commit", connection::commit);
            log.step("rows after commit", () -> {
                int count = 0;
                while (rows.next()) {
                    count++;
                }
                return count;
            });
            log.step("closed", rows::isClosed);
        }
    }

    public void left_half_read(Db db, Log log) throws SQLException {
        String table = db.rowsOf(200);
        for (int round = 0; round < 3; round++) {
            Connection connection = db.begin();
            Statement statement = connection.createStatement();
            statement.setFetchSize(10);
            ResultSet rows = statement.executeQuery("select * from " + table + " order by id");
            log.step("first", () -> rows.next() + " " + rows.getInt(1));
            connection.close();
        }
        log.step("table is free", () -> db.run("delete from " + table));
    }

    public void limits(Db db, Log log) throws SQLException {
        String table = db.rowsOf(20);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(3);
            log.step("three", () -> statement.executeQuery("select id from " + table + " order by id"));
            statement.setMaxRows(0);
            log.act("field size", () -> statement.setMaxFieldSize(4));
            log.step("short names", () -> statement.executeQuery("select name from " + table + " where id < 3"));
            log.act("negative rows", () -> statement.setMaxRows(-1));
            log.act("negative fetch size", () -> statement.setFetchSize(-1));
            log.act("large rows", () -> statement.setLargeMaxRows(5));
            log.step("large rows are", statement::getLargeMaxRows);
            log.act("no escapes", () -> statement.setEscapeProcessing(false));
            log.step("poolable", statement::isPoolable);
            log.act("not poolable", () -> statement.setPoolable(false));
        }
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step(
                    "the next one's",
                    () -> statement.getMaxRows() + " " + statement.getMaxFieldSize() + " " + statement.getFetchSize()
                            + " " + statement.isPoolable() + " " + statement.getQueryTimeout());
        }
    }

    public void changed_by_others_meanwhile(Db db, Log log) throws SQLException {
        String table = db.rowsOf(5);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "select * from " + table + " order by id",
                        ResultSet.TYPE_SCROLL_INSENSITIVE,
                        ResultSet.CONCUR_READ_ONLY);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            log.step("delete", () -> db.run("delete from " + table + " where id = 3"));
            log.step("seen", () -> rows);
        }
    }
}
