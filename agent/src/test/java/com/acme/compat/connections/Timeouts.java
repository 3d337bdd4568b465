package com.acme.compat.connections;

import com.acme.compat.Alone;
import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.FutureTask;

/** Cancelling, and being too slow. */
public final class Timeouts {

    public void query_timeout_of_a_quick_one(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.act("set", () -> statement.setQueryTimeout(5));
            log.step("is", statement::getQueryTimeout);
            log.step("query", () -> statement.executeQuery(db.one("1")));
            log.act("negative", () -> statement.setQueryTimeout(-1));
            try (Statement other = connection.createStatement()) {
                log.step("of another statement", other::getQueryTimeout);
            }
        }
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step("of the next connection", statement::getQueryTimeout);
        }
    }

    @On({Kind.POSTGRES, Kind.MARIADB, Kind.H2, Kind.H2_EMBEDDED})
    public void query_timeout_of_a_slow_one(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            log.step("slow", () -> statement.executeQuery(slow(db)));
            statement.setQueryTimeout(0);
            log.step("usable", () -> statement.executeQuery(db.one("1")));
        }
        log.step("next", () -> db.rows(db.one("1")));
    }

    /** As {@link #slow}, but told apart from one that runs on in the server after its connection was given up. */
    private static String toBeCancelled(Db db) {
        return slow(db).replace("(20)", "(19)");
    }

    /** Has a row once {@link #toBeCancelled} runs. */
    private static String running(Db db) {
        return switch (db.kind()) {
            case POSTGRES ->
                "select 1 from pg_stat_activity where datname = current_database() and state = 'active'"
                        + " and query = 'select pg_sleep(19)'";
            case MARIADB ->
                "select 1 from information_schema.processlist where info = 'select sleep(19)'" + " and db = database()";
            default ->
                "select 1 from information_schema.sessions where executing_statement like 'select count(*) from"
                        + " system_range%'";
        };
    }

    private static String slow(Db db) {
        return switch (db.kind()) {
            case POSTGRES -> "select pg_sleep(20)";
            case MARIADB -> "select sleep(20)";
            default -> "select count(*) from system_range(1, 100000) a, system_range(1, 100000) b";
        };
    }

    public void cancel_of_nothing(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.act("cancel", statement::cancel);
            log.step("query", () -> statement.executeQuery(db.one("1")));
            log.act("cancel after", statement::cancel);
            log.step("query again", () -> statement.executeQuery(db.one("1")));
        }
        try (Connection connection = db.connect()) {
            log.step("of the next", () -> Db.rows(connection, db.one("1")));
        }
    }

    @On({Kind.POSTGRES, Kind.MARIADB, Kind.H2, Kind.H2_EMBEDDED})
    public void cancelled_by_another_thread(Db db, Log log) throws Exception {
        try (Connection connection = db.begin();
                Statement statement = connection.createStatement()) {
            FutureTask<Object> slow = new FutureTask<>(() -> {
                try {
                    return "not cancelled: "
                            + statement.executeQuery(toBeCancelled(db)).next();
                } catch (SQLException cancelled) {
                    return cancelled;
                }
            });
            new Thread(slow).start();
            try (Connection watch = db.connect()) {
                while (Db.rows(watch, running(db)).isEmpty()) {
                    Thread.onSpinWait();
                }
            }
            log.act("cancel", statement::cancel);
            // Connector/J says it in one of two ways, whichever thread is faster.
            Object cancelled = slow.get();
            log.note("cancelled", db.way() == Kind.CONNECTOR_J ? cancelled instanceof SQLException : cancelled);
            log.step("then", () -> Db.rows(connection, db.one("1")));
            log.act("rollback", connection::rollback);
            log.step("at last", () -> Db.rows(connection, db.one("1")));
        }
        log.step("next", () -> db.rows(db.one("1")));
    }

    @On({Kind.POSTGRES, Kind.MARIADB, Kind.H2})
    public void network_timeout_of_a_slow_one(Db db, Log log) throws SQLException {
        Connection connection = db.connect();
        log.act("set", () -> connection.setNetworkTimeout(Runnable::run, 300));
        if (db.kind() != Kind.H2) {
            log.step("slow", () -> Db.rows(connection, slow(db)));
            log.step("closed", connection::isClosed);
            log.step("use", () -> Db.rows(connection, db.one("1")));
        }
        log.act("close", connection::close);
        log.step("next", () -> db.rows(db.one("1")));
    }

    @On({Kind.POSTGRES, Kind.MARIADB, Kind.H2, Kind.H2_EMBEDDED, Kind.DERBY})
    @Alone
    public void waiting_for_a_lock(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection holder = db.begin();
                Connection waiter = db.begin()) {
            Db.execute(holder, "update " + table + " set name = 'held'");
            switch (db.kind()) {
                case POSTGRES -> Db.execute(waiter, "set local lock_timeout = 200");
                case MARIADB -> Db.execute(waiter, "set innodb_lock_wait_timeout = 1");
                case H2, H2_EMBEDDED -> Db.execute(waiter, "set lock_timeout 200");
                default -> log.note("lock timeout", "is of the whole database");
            }
            if (db.kind() != Kind.DERBY) {
                log.step("wait", () -> Db.execute(waiter, "update " + table + " set name = 'mine'"));
                log.step("then", () -> Db.rows(waiter, db.one("1")));
            }
            waiter.rollback();
            holder.rollback();
        }
        log.step("next", () -> db.run("update " + table + " set name = 'next'"));
    }
}
