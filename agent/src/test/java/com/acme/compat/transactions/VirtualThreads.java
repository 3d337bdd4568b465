package com.acme.compat.transactions;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Threads that are not the system's, from Java 21 on; before, these scenarios say that there are none. */
@On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB, Kind.DERBY})
public final class VirtualThreads {

    /** Starts a task on a virtual thread; false where there are none. */
    private static boolean start(Runnable task) throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            return false;
        }
        Method starting = Thread.class.getMethod("startVirtualThread", Runnable.class);
        starting.invoke(null, task);
        return true;
    }

    private static void each(Log log, String name, List<FutureTask<Object>> tasks) throws Exception {
        for (FutureTask<Object> task : tasks) {
            if (!start(task)) {
                log.note(name, "no virtual threads here");
                return;
            }
        }
        List<Object> results = new ArrayList<>();
        for (FutureTask<Object> task : tasks) {
            results.add(task.get());
        }
        log.note(name, results);
    }

    private static FutureTask<Object> task(Callable<Object> work) {
        return new FutureTask<>(work);
    }

    public void a_connection_each(Db db, Log log) throws Exception {
        String table = db.table("id int not null primary key, name varchar(20)");
        List<FutureTask<Object>> tasks = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int id = i;
            tasks.add(task(() -> {
                try (Connection connection = db.connect();
                        PreparedStatement statement =
                                connection.prepareStatement("insert into " + table + " values (?, ?)")) {
                    statement.setInt(1, id);
                    statement.setString(2, "x");
                    return statement.executeUpdate();
                }
            }));
        }
        each(log, "inserted", tasks);
        log.step("rows", () -> db.rows("select count(*), sum(id) from " + table));
    }

    public void one_connection_for_all(Db db, Log log) throws Exception {
        String table = db.rowsOf(3);
        try (Connection connection = db.connect()) {
            List<FutureTask<Object>> tasks = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                String query = "select name from " + table + " where id = " + i;
                tasks.add(task(() -> {
                    synchronized (connection) {
                        return Db.rows(connection, query);
                    }
                }));
            }
            each(log, "names", tasks);
        }
    }

    public void taken_here_closed_there(Db db, Log log) throws Exception {
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        Db.execute(connection, "update " + table + " set name = 'changed'");
        each(log, "closed there", List.of(task(() -> {
            connection.commit();
            connection.close();
            return connection.isClosed();
        })));
        if (!connection.isClosed()) {
            connection.commit();
            connection.close();
        }
        log.step("closed here", connection::isClosed);
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void interrupted(Db db, Log log) throws Exception {
        String table = db.rowsOf(2);
        each(log, "interrupted", List.of(task(() -> {
            Thread.currentThread().interrupt();
            try (Connection connection = db.connect()) {
                Db.rows(connection, "select count(*) from " + table);
                return Thread.interrupted();
            } catch (SQLException refused) {
                return Thread.interrupted(); // a socket is closed under such a thread if it has to wait
            }
        })));
        log.step("rows", () -> db.rows("select count(*) from " + table));
    }
}
