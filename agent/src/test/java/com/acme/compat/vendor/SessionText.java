package com.acme.compat.vendor;

import com.acme.compat.Alone;
import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.SQLException;

/** What a connection is set to by SQL text, and that the next one knows nothing of it. */
@Alone
public final class SessionText {

    private static void setAndAsk(Db db, Log log, String set, String ask) throws SQLException {
        try (Connection connection = db.connect()) {
            log.query("before " + set, connection, ask);
            log.step(set, () -> Db.execute(connection, set));
            log.query("then", connection, ask);
        }
        for (int i = 0; i < 2; i++) {
            try (Connection connection = db.connect()) {
                log.query("the next one's", connection, ask);
            }
        }
    }

    @On(Kind.POSTGRES)
    public void search_path(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set search_path to attic", "show search_path");
    }

    @On(Kind.POSTGRES)
    public void statement_timeout(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set statement_timeout = 12345", "show statement_timeout");
    }

    @On(Kind.POSTGRES)
    public void time_zone(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set time zone 'Asia/Tokyo'", "show timezone");
    }

    @On(Kind.POSTGRES)
    public void role(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set role auditor", "select current_user");
    }

    @On(Kind.POSTGRES)
    public void session_user(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set session authorization auditor", "select session_user");
    }

    @On(Kind.POSTGRES)
    public void tenant_variable(Db db, Log log) throws SQLException {
        setAndAsk(
                db,
                log,
                "select set_config('app.tenant', 'bob', false)",
                "select coalesce(current_setting('app.tenant', true), '')");
    }

    @On(Kind.POSTGRES)
    public void characteristics(Db db, Log log) throws SQLException {
        setAndAsk(
                db,
                log,
                "set session characteristics as transaction isolation level serializable read only",
                "show transaction_isolation");
    }

    @On(Kind.POSTGRES)
    public void advisory_lock(Db db, Log log) throws SQLException {
        Connection connection = db.connect();
        log.query("lock", connection, "select pg_advisory_lock(4711)");
        connection.close();
        try (Connection one = db.connect();
                Connection two = db.connect()) {
            log.query("one", one, "select pg_try_advisory_lock(4711)");
            log.query("two", two, "select pg_try_advisory_lock(4711)");
        }
    }

    @On(Kind.POSTGRES)
    public void prepared_by_text(Db db, Log log) throws SQLException {
        for (int i = 0; i < 2; i++) {
            try (Connection connection = db.connect()) {
                log.step("prepare", () -> Db.execute(connection, "prepare mine as select 42"));
                log.query("execute", connection, "execute mine");
            }
        }
        log.step("somebody else's", () -> db.rows("execute mine"));
    }

    @On(Kind.POSTGRES)
    public void held_cursor_by_text(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("declare", () -> Db.execute(connection, "declare held cursor with hold for select 1"));
        }
        log.step("somebody else's", () -> db.rows("fetch 1 from held"));
    }

    @On(Kind.POSTGRES)
    public void discarded(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("discard", () -> Db.execute(connection, "discard all"));
            log.step("use", () -> Db.rows(connection, "select 1"));
        }
        try (Connection connection = db.connect()) {
            log.query("application name", connection, "show application_name");
        }
    }

    @On({Kind.H2, Kind.H2_EMBEDDED})
    public void h2_schema(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set schema attic", "select current_schema");
    }

    @On({Kind.H2, Kind.H2_EMBEDDED})
    public void h2_variable(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set @tenant = 'bob'", "select @tenant");
    }

    @On({Kind.H2, Kind.H2_EMBEDDED})
    public void h2_lock_timeout(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set lock_timeout 12345", "select lock_timeout()");
    }

    @On({Kind.H2, Kind.H2_EMBEDDED})
    public void h2_time_zone(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set time zone 'Asia/Tokyo'", "select extract(timezone_hour from current_timestamp)");
    }

    @On({Kind.H2, Kind.H2_EMBEDDED})
    public void h2_query_timeout(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set query_timeout 54321", "select 1");
    }

    @On({Kind.H2, Kind.H2_EMBEDDED})
    public void h2_last_key(Db db, Log log) throws SQLException {
        String table = db.table("id " + db.identity() + ", name varchar(10)");
        db.run("insert into " + table + " (name) values ('a')");
        try (Connection connection = db.connect()) {
            log.query("sequence value", connection, "select rownum()");
        }
    }

    @On(Kind.MARIADB)
    public void mariadb_variable(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set @tenant = 'bob'", "select @tenant");
    }

    @On(Kind.MARIADB)
    public void mariadb_mode(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set sql_mode = 'ANSI'", "select @@sql_mode");
    }

    @On(Kind.MARIADB)
    public void mariadb_names(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set names latin1", "select @@character_set_client");
    }

    @On(Kind.MARIADB)
    public void mariadb_use(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "use information_schema", "select database()");
    }

    @On(Kind.MARIADB)
    public void mariadb_lock(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.query("lock", connection, "select get_lock(concat(database(), '.mine'), 0)");
        }
        try (Connection one = db.connect();
                Connection two = db.connect()) {
            log.query("one", one, "select get_lock(concat(database(), '.mine'), 0)");
            log.query("two", two, "select get_lock(concat(database(), '.mine'), 0)");
        }
    }

    @On(Kind.MARIADB)
    public void mariadb_last_key(Db db, Log log) throws SQLException {
        String table = db.table("id " + db.identity() + ", name varchar(10)");
        db.run("insert into " + table + " (name) values ('a'), ('b')");
        try (Connection connection = db.connect()) {
            log.query("somebody else's", connection, "select last_insert_id()");
        }
    }

    @On(Kind.MARIADB)
    public void mariadb_lock_tables(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.connect()) {
            log.step("lock", () -> Db.execute(connection, "lock tables " + table + " write"));
        }
        log.step("free", () -> db.run("update " + table + " set name = 'x'"));
    }

    @On(Kind.HSQLDB)
    public void hsqldb_schema(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set schema attic", "values (current_schema)");
    }

    @On(Kind.DERBY)
    public void derby_schema(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "set schema attic", "values current schema");
    }

    @On(Kind.SQLITE)
    public void sqlite_pragma(Db db, Log log) throws SQLException {
        setAndAsk(db, log, "pragma case_sensitive_like = on", "select 'a' like 'A'");
        setAndAsk(db, log, "pragma foreign_keys = on", "pragma foreign_keys");
    }

    @On(Kind.SQLITE)
    public void sqlite_attach(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("attach", () -> Db.execute(connection, "attach ':memory:' as other"));
            log.step("create", () -> Db.execute(connection, "create table other.x (id int)"));
        }
        log.step("next", () -> db.rows("select * from other.x"));
    }
}
