package com.acme.compat.connections;

import com.acme.compat.Db;
import com.acme.compat.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Closing in every order, and using what is closed. */
public final class Closing {

    private static final String[] ORDERS = {"rsc", "rcs", "src", "scr", "crs", "csr"};

    public void in_every_order(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        for (String order : ORDERS) {
            Connection connection = db.connect();
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select * from " + table);
            for (int i = 0; i < order.length(); i++) {
                char each = order.charAt(i);
                AutoCloseable what = each == 'r' ? rows : each == 's' ? statement : connection;
                log.act(order + " " + each, what::close);
                log.step("closed", () -> rows.isClosed() + " " + statement.isClosed() + " " + connection.isClosed());
            }
        }
    }

    public void twice(Db db, Log log) throws SQLException {
        Connection connection = db.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(db.one("1"));
        for (int i = 0; i < 2; i++) {
            log.act("rows", rows::close);
            log.act("statement", statement::close);
            log.act("connection", connection::close);
        }
        try (Connection next = db.connect()) {
            log.act("late close", connection::close);
            log.step("the next is open", () -> next.isClosed() + " " + next.isValid(1));
        }
    }

    public void connection_used_after(Db db, Log log) throws SQLException {
        Connection connection = db.connect();
        connection.close();
        log.step("closed", connection::isClosed);
        log.step("valid", () -> connection.isValid(1));
        log.step("valid with a negative timeout", () -> connection.isValid(-1));
        log.step("statement", connection::createStatement);
        log.step("prepared", () -> connection.prepareStatement(db.one("1")));
        log.step("call", () -> connection.prepareCall(db.one("1")));
        log.act("commit", connection::commit);
        log.act("rollback", connection::rollback);
        log.step("auto-commit", connection::getAutoCommit);
        log.act("set auto-commit", () -> connection.setAutoCommit(false));
        log.act("set auto-commit true", () -> connection.setAutoCommit(true));
        log.step("isolation", connection::getTransactionIsolation);
        log.act("set isolation", () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
        log.step("read-only", connection::isReadOnly);
        log.act("set read-only", () -> connection.setReadOnly(true));
        log.step("catalog", connection::getCatalog);
        log.act("set catalog", () -> connection.setCatalog("x"));
        log.step("schema", connection::getSchema);
        log.act("set schema", () -> connection.setSchema("x"));
        log.step("holdability", connection::getHoldability);
        log.act("set holdability", () -> connection.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT));
        log.step("type map", connection::getTypeMap);
        log.act("set type map", () -> connection.setTypeMap(Map.of()));
        log.step("network timeout", connection::getNetworkTimeout);
        log.act("set network timeout", () -> connection.setNetworkTimeout(Runnable::run, 1));
        log.step("client info", connection::getClientInfo);
        log.step("one client info", () -> connection.getClientInfo("ApplicationName"));
        log.act("set client info", () -> connection.setClientInfo("ApplicationName", "x"));
        log.step("native", () -> connection.nativeSQL("select 1"));
        log.step("savepoint", connection::setSavepoint);
        log.step("blob", connection::createBlob);
        log.step("clob", connection::createClob);
        log.step("xml", connection::createSQLXML);
        log.step("array", () -> connection.createArrayOf("int", new Object[] {1}));
        log.step("description", () -> connection.getMetaData() == null);
        log.act("abort", () -> connection.abort(Runnable::run));
        log.act("begin request", connection::beginRequest);
        Object itself = connection;
        log.step("equal", () -> connection.equals(itself));
        log.step("wrapper", () -> connection.isWrapperFor(Connection.class));
        log.step("unwrap", () -> connection.unwrap(Connection.class) == connection);
    }

    public void statement_used_after(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        Connection connection = db.connect();
        PreparedStatement statement = connection.prepareStatement("select * from " + table + " where id = ?");
        statement.setInt(1, 1);
        ResultSet rows = statement.executeQuery();
        statement.close();
        probe(log, "after its close", statement, rows);
        PreparedStatement other = connection.prepareStatement("select * from " + table + " where id = ?");
        other.setInt(1, 1);
        ResultSet otherRows = other.executeQuery();
        connection.close();
        probe(log, "after the connection's close", other, otherRows);
    }

    private static void probe(Log log, String when, PreparedStatement statement, ResultSet rows) {
        log.note("when", when);
        log.step("closed", statement::isClosed);
        log.step("query", () -> statement.executeQuery());
        log.step("update", () -> statement.executeUpdate());
        log.step("execute", () -> statement.execute());
        log.act("parameter", () -> statement.setInt(1, 2));
        log.act("add", statement::addBatch);
        log.step("batch", statement::executeBatch);
        log.step("rows of it", statement::getResultSet);
        log.step("count", statement::getUpdateCount);
        log.step("more", () -> statement.getMoreResults());
        log.step("timeout", statement::getQueryTimeout);
        log.step("fetch size", statement::getFetchSize);
        log.step("max rows", statement::getMaxRows);
        log.step("type", statement::getResultSetType);
        log.step("warnings", statement::getWarnings);
        log.act("clear warnings", statement::clearWarnings);
        log.act("cancel", statement::cancel);
        log.step("keys", statement::getGeneratedKeys);
        log.step("connection", () -> statement.getConnection() == null);
        log.step("description", () -> statement.getMetaData() == null);
        log.act("clear", statement::clearParameters);
        log.step("poolable", statement::isPoolable);
        log.step("close on completion", statement::isCloseOnCompletion);
        log.step("rows closed", rows::isClosed);
        log.step("next", rows::next);
        log.step("value", () -> rows.getInt(1));
        log.step("by name", () -> rows.getString("name"));
        log.step("column", () -> rows.findColumn("name"));
        log.step("rows' statement", () -> rows.getStatement() == statement);
        log.step("rows' description", () -> rows.getMetaData() == null);
        log.step("rows' type", rows::getType);
        log.step("rows' warnings", rows::getWarnings);
        log.step("was null", rows::wasNull);
        log.step("row", rows::getRow);
        log.act("close rows", rows::close);
        log.act("close statement", statement::close);
    }

    public void by_try_with_resources_that_fails(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        log.act("fails", () -> {
            try (Connection connection = db.begin();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select * from " + table)) {
                rows.next();
                try {
                    statement.executeUpdate("insert into " + table + " values (1, 'twice')");
                } finally {
                    connection.rollback();
                }
            }
        });
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void aborted(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        Db.execute(connection, "insert into " + table + " values (2, 'b')");
        AtomicInteger tasks = new AtomicInteger();
        log.act(
                "abort",
                () -> connection.abort(task -> {
                    tasks.incrementAndGet();
                    task.run();
                }));
        log.note("tasks", tasks.get() > 0);
        log.step("closed", connection::isClosed);
        log.step("valid", () -> connection.isValid(1));
        log.step("use", () -> Db.rows(connection, db.one("1")).isEmpty());
        log.act("close", connection::close);
        log.act("again", () -> connection.abort(Runnable::run));
        log.act("without executor", () -> connection.abort(null));
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void aborted_without_executor(Db db, Log log) throws SQLException {
        Connection connection = db.connect();
        log.act("abort", () -> connection.abort(null));
        log.step("closed", connection::isClosed);
        log.act("close", connection::close);
    }

    public void forgotten_statements(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        for (int round = 0; round < 3; round++) {
            Connection connection = db.begin();
            for (int i = 0; i < 20; i++) {
                connection
                        .createStatement()
                        .executeQuery("select * from " + table)
                        .next();
            }
            connection.rollback();
            connection.close();
        }
        log.step("free", () -> db.run("drop table " + table));
    }
}
