package com.acme.compat.statements;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Warnings, and whose they are. */
public final class Warnings {

    @SuppressWarnings("try") // closes early on purpose
    public void none(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(db.one("1"))) {
            log.step("connection", connection::getWarnings);
            log.step("statement", statement::getWarnings);
            log.step("rows", rows::getWarnings);
            log.act("clear connection", connection::clearWarnings);
            log.act("clear statement", statement::clearWarnings);
            log.act("clear rows", rows::clearWarnings);
            rows.close();
            log.step("of closed rows", rows::getWarnings);
            statement.close();
            log.step("of a closed statement", statement::getWarnings);
            connection.close();
            log.step("of a closed connection", connection::getWarnings);
            log.act("clear of a closed connection", connection::clearWarnings);
        }
    }

    @On({Kind.POSTGRES, Kind.MARIADB})
    public void of_a_statement(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            if (db.kind() == Kind.POSTGRES) {
                statement.execute("do $$ begin raise notice 'look'; raise warning 'out'; end $$");
            } else {
                statement.execute("select 1/0");
            }
            log.step("statement", statement::getWarnings);
            log.step("connection", connection::getWarnings);
            log.act("clear", statement::clearWarnings);
            log.step("then", statement::getWarnings);
        }
        try (Connection connection = db.connect()) {
            log.step("the next one's", connection::getWarnings);
        }
    }

    public void of_a_demand_that_cannot_be_met(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("statement", () -> {
                try (Statement statement = connection.createStatement(
                        ResultSet.TYPE_SCROLL_SENSITIVE,
                        ResultSet.CONCUR_UPDATABLE,
                        ResultSet.HOLD_CURSORS_OVER_COMMIT)) {
                    return statement.getResultSetType() + " " + statement.getResultSetConcurrency() + " "
                            + statement.getResultSetHoldability() + " " + connection.getWarnings();
                }
            });
        }
        try (Connection connection = db.connect()) {
            log.step("the next one's", connection::getWarnings);
        }
    }

    public void chained_on_a_connection(Db db, Log log) throws SQLException {
        try (Connection connection = db.begin()) {
            log.act("commit of nothing", connection::commit);
            log.act("rollback of nothing", connection::rollback);
            log.step("warnings", connection::getWarnings);
            log.act(
                    "double begin",
                    () -> Db.execute(connection, db.kind() == Kind.SQLITE ? "begin" : "start transaction"));
            log.step("warnings then", connection::getWarnings);
        }
        try (Connection connection = db.connect()) {
            log.step("the next one's", connection::getWarnings);
        }
    }
}
