package com.acme.compat.transactions;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Several threads, and interrupted ones. */
public final class Sharing {

    private static <T> T elsewhere(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "elsewhere");
        thread.start();
        try {
            return task.get();
        } catch (java.util.concurrent.ExecutionException failed) {
            throw (Exception) failed.getCause();
        }
    }

    public void one_connection_for_all(Db db, Log log) throws Exception {
        String table = db.rowsOf(10);
        try (Connection connection = db.connect()) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<String>> results = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                int id = i % 10 + 1;
                results.add(threads.submit(() -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement("select name from " + table + " where id = ?")) {
                        statement.setInt(1, id);
                        try (ResultSet rows = statement.executeQuery()) {
                            rows.next();
                            return rows.getString(1);
                        }
                    }
                }));
            }
            List<String> names = new ArrayList<>();
            for (Future<String> each : results) {
                names.add(each.get());
            }
            threads.shutdown();
            log.note("names", names);
        }
    }

    public void closed_by_another(Db db, Log log) throws Exception {
        String table = db.rowsOf(3);
        for (int i = 0; i < 3; i++) {
            Connection connection = db.begin();
            Db.execute(connection, "update " + table + " set name = 'changed'");
            log.step(
                    "close",
                    () -> elsewhere(() -> {
                        if (db.kind() == Kind.DERBY) {
                            connection.rollback();
                        }
                        connection.close();
                        return connection.isClosed();
                    }));
            log.step("closed", connection::isClosed);
            log.step("use", () -> Db.rows(connection, "select * from " + table));
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void made_here_used_there(Db db, Log log) throws Exception {
        String table = db.rowsOf(3);
        Connection connection = elsewhere(db::begin);
        Statement statement = elsewhere(connection::createStatement);
        ResultSet rows = elsewhere(() -> statement.executeQuery("select * from " + table + " order by id"));
        log.step("rows", () -> rows);
        log.step("statement", () -> rows.getStatement() == statement && statement.getConnection() == connection);
        log.act("end", connection::rollback);
        log.act("close", connection::close);
        log.step("rows after", () -> elsewhere(rows::isClosed));
    }

    public void closed_by_all_at_once(Db db, Log log) throws Exception {
        Connection connection = db.connect();
        CountDownLatch go = new CountDownLatch(1);
        List<FutureTask<String>> closers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<String> closer = new FutureTask<>(() -> {
                go.await();
                connection.close();
                return "done";
            });
            closers.add(closer);
            new Thread(closer).start();
        }
        go.countDown();
        for (FutureTask<String> closer : closers) {
            log.step("close", closer::get);
        }
        try (Connection one = db.begin();
                Connection two = db.begin()) {
            log.note("two different ones", one != two && !one.equals(two));
            String table = db.name("t");
            log.step("create", () -> db.run("create table " + table + " (id int)"));
            log.step("insert", () -> Db.execute(one, "insert into " + table + " values (1)"));
            one.commit();
            log.query("seen", two, "select * from " + table);
            two.rollback();
        }
    }

    public void interrupted_before(Db db, Log log) throws Exception {
        String table = db.rowsOf(3);
        log.step(
                "in another thread",
                () -> elsewhere(() -> {
                    Thread.currentThread().interrupt();
                    List<Object> seen = new ArrayList<>();
                    try (Connection connection = db.connect()) {
                        seen.add(Db.rows(connection, "select count(*) from " + table));
                    } catch (SQLException refused) {
                        seen.add(refused);
                    }
                    seen.add(Thread.currentThread().isInterrupted());
                    return seen;
                }));
        log.step("rows", () -> db.rows("select count(*) from " + table));
    }

    public void interrupted_before_close(Db db, Log log) throws Exception {
        String table = db.rowsOf(3);
        log.step(
                "in another thread",
                () -> elsewhere(() -> {
                    Connection connection = db.begin();
                    Db.execute(connection, "update " + table + " set name = 'changed'");
                    Thread.currentThread().interrupt();
                    try {
                        if (db.kind() == Kind.DERBY) {
                            connection.rollback();
                        }
                        connection.close();
                        return "closed " + Thread.currentThread().isInterrupted();
                    } catch (SQLException refused) {
                        return refused;
                    }
                }));
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.DERBY})
    public void closed_while_another_waits_in_it(Db db, Log log) throws Exception {
        String table = db.rowsOf(1);
        try (Connection holder = db.begin()) {
            Db.execute(holder, "update " + table + " set name = 'held'");
            Connection waiter = db.begin();
            CountDownLatch started = new CountDownLatch(1);
            FutureTask<String> waiting = new FutureTask<>(() -> {
                try (Statement statement = waiter.createStatement()) {
                    statement.setQueryTimeout(2);
                    started.countDown();
                    return "changed " + statement.executeUpdate("update " + table + " set name = 'mine'");
                } catch (SQLException ended) {
                    return "ended";
                }
            });
            new Thread(waiting).start();
            started.await();
            holder.rollback();
            log.step("other thread", () -> waiting.get().isEmpty());
            waiter.rollback();
            waiter.close();
        }
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void many_at_once(Db db, Log log) throws Exception {
        if (db.kind() == Kind.SQLITE) {
            return; // one writer at a time, the others fail
        }
        String table = db.table("id int not null primary key, name varchar(20)");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int id = i;
            results.add(threads.submit(() -> {
                try (Connection connection = db.connect();
                        PreparedStatement statement =
                                connection.prepareStatement("insert into " + table + " values (?, ?)")) {
                    statement.setInt(1, id);
                    statement.setString(2, "x");
                    return statement.executeUpdate();
                }
            }));
        }
        int sum = 0;
        for (Future<Integer> each : results) {
            sum += each.get();
        }
        threads.shutdown();
        log.note("inserted", sum);
        log.step("rows", () -> db.rows("select count(*), sum(id) from " + table));
    }

    public void twenty_in_one_thread(Db db, Log log) throws SQLException {
        if (db.kind() == Kind.SQLITE) {
            return;
        }
        String table = db.table("id int not null primary key");
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Connection connection = db.connect();
            Db.execute(connection, "insert into " + table + " values (" + i + ")");
            all.add(connection);
        }
        for (Connection each : all) {
            each.close();
        }
        log.step("rows", () -> db.rows("select count(*) from " + table));
    }
}
