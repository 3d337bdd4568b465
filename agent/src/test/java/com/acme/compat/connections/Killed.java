package com.acme.compat.connections;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Sessions that somebody ends from outside. */
@On({Kind.POSTGRES, Kind.MARIADB, Kind.H2})
public final class Killed {

    private static String session(Db db, Connection connection) throws SQLException {
        return Db.rows(
                        connection,
                        switch (db.kind()) {
                            case POSTGRES -> "select pg_backend_pid()";
                            case MARIADB -> "select connection_id()";
                            default -> "select session_id()";
                        })
                .get(0);
    }

    private static void kill(Db db, Connection admin, String session) throws SQLException {
        Db.execute(
                admin,
                switch (db.kind()) {
                    case POSTGRES -> "select pg_terminate_backend(" + session + ")";
                    case MARIADB -> "kill connection " + session;
                    default -> "select abort_session(" + session + ")";
                });
        String alive = switch (db.kind()) {
            case POSTGRES -> "select 1 from pg_stat_activity where pid = " + session;
            case MARIADB -> "select 1 from information_schema.processlist where id = " + session;
            default -> "select 1 from information_schema.sessions where session_id = " + session;
        };
        while (!Db.rows(admin, alive).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    /** Nothing that is said of it may depend on how the network tells of the end. */
    private static Object outcome(Log.Act act) {
        try {
            act.run();
            return "done";
        } catch (SQLException broken) {
            return broken.getClass().getName() + " " + broken.getSQLState() + " " + broken.getErrorCode();
        } catch (Exception other) {
            return other;
        }
    }

    public void in_a_transaction(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin();
                Connection admin = db.connect()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            kill(db, admin, session(db, connection));
            String insert = "insert into " + table + " values (3, 'c')";
            log.note("next statement", outcome(() -> Db.execute(connection, insert)));
            log.note("and the one after it", outcome(() -> Db.execute(connection, insert)));
            log.note("commit", outcome(connection::commit));
            log.step("valid", () -> connection.isValid(1));
            log.note("close", outcome(connection::close));
            log.step("closed", connection::isClosed);
        }
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void one_of_ten(Db db, Log log) throws SQLException {
        String table = db.table("id int not null primary key");
        List<Connection> ten = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Connection connection = db.begin();
            Db.execute(connection, "insert into " + table + " values (" + i + ")");
            ten.add(connection);
        }
        try (Connection admin = db.connect()) {
            kill(db, admin, session(db, ten.get(4)));
        }
        log.note("the one", outcome(() -> Db.execute(ten.get(4), "insert into " + table + " values (40)")));
        for (int i = 0; i < 10; i++) {
            Connection connection = ten.get(i);
            int id = 10 + i;
            if (i != 4) {
                log.note(
                        "other " + i,
                        outcome(() -> Db.execute(connection, "insert into " + table + " values (" + id + ")")));
                log.act("commit " + i, connection::commit);
            }
            log.act("close " + i, connection::close);
        }
        log.step("rows", () -> db.rows("select count(*), sum(id) from " + table));
    }

    public void while_somebody_waits(Db db, Log log) throws Exception {
        String table = db.rowsOf(1);
        try (Connection holder = db.begin();
                Connection admin = db.connect()) {
            Db.execute(holder, "update " + table + " set name = 'held'");
            kill(db, admin, session(db, holder));
            log.step("its lock is free", () -> db.run("update " + table + " set name = 'mine'"));
            log.note("close", outcome(holder::close));
        }
        log.step("rows", () -> db.rows("select * from " + table));
    }
}
