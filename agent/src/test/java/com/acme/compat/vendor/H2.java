package com.acme.compat.vendor;

import com.acme.compat.Alone;
import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbc.JdbcConnection;

/** H2's own. */
@On({Kind.H2, Kind.H2_EMBEDDED})
public final class H2 {

    public void memory_dies_with_its_last_connection(Db db, Log log) throws SQLException {
        String url = "jdbc:h2:mem:h2_shortlived";
        try (Connection connection = DriverManager.getConnection(url, "one", "secret")) {
            log.step("create", () -> Db.execute(connection, "create table t (id int)"));
        }
        log.step("as somebody else", () -> {
            try (Connection connection = DriverManager.getConnection(url, "two", "other")) {
                return Db.rows(connection, "select * from t");
            }
        });
    }

    public void memory_without_a_name(Db db, Log log) throws SQLException {
        try (Connection one = DriverManager.getConnection("jdbc:h2:mem:");
                Connection two = DriverManager.getConnection("jdbc:h2:mem:")) {
            log.step("create", () -> Db.execute(one, "create table t (id int)"));
            log.step("the other", () -> Db.rows(two, "select * from t"));
        }
    }

    public void init_runs_at_each_connect(Db db, Log log) throws SQLException {
        String table = db.table("id int");
        for (int i = 0; i < 3; i++) {
            try (Connection connection = DriverManager.getConnection(
                    db.url() + ";INIT=insert into " + table + " values (1)", db.user(), db.password())) {
                log.query("rows", connection, "select count(*) from " + table);
            }
        }
    }

    public void casts(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("unwrap", () -> connection.unwrap(JdbcConnection.class).getTraceId() > 0);
            log.step("connection unwrapped", () -> connection.unwrap(Connection.class) == connection);
        }
    }

    public void settings_of_the_url(Db db, Log log) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(db.url() + ";LOCK_TIMEOUT=777", db.user(), db.password())) {
            log.query("timeout", connection, "select lock_timeout()");
        }
        try (Connection connection = db.connect()) {
            log.query("timeout without", connection, "select lock_timeout()");
        }
    }

    @Alone
    public void users(Db db, Log log) throws SQLException {
        log.step("create", () -> db.run("create user till_clerk password 'a' admin"));
        log.step("right", () -> {
            try (Connection connection = DriverManager.getConnection(db.url(), "till_clerk", "a")) {
                return Db.rows(connection, "select current_user");
            }
        });
        log.step("change", () -> db.run("alter user till_clerk set password 'b'"));
        log.step("new", () -> {
            try (Connection connection = DriverManager.getConnection(db.url(), "till_clerk", "b")) {
                return Db.rows(connection, "select current_user");
            }
        });
        log.step("old", () -> {
            try (Connection connection = DriverManager.getConnection(db.url(), "till_clerk", "a")) {
                return Db.rows(connection, "select current_user");
            }
        });
        log.step("drop", () -> db.run("drop user till_clerk"));
        log.step("dropped", () -> {
            try (Connection connection = DriverManager.getConnection(db.url(), "till_clerk", "b")) {
                return Db.rows(connection, "select current_user");
            }
        });
    }

    public void scripts(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step(
                    "several",
                    () -> statement.execute(
                            "insert into " + table + " values (3, 'c'); insert into " + table + " values (4, 'd')"));
            log.step("merge", () -> statement.executeUpdate("merge into " + table + " values (4, 'dd')"));
            log.step("explain", () -> statement.executeQuery("explain select * from " + table + " where id = 1"));
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void shut_down(Db db, Log log) throws SQLException {
        String url = "jdbc:h2:mem:h2_second;DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            Db.execute(connection, "create table t (id int)");
        }
        log.step("shut down", () -> {
            try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
                return Db.execute(connection, "shutdown");
            }
        });
        log.step("again", () -> {
            try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
                return Db.rows(connection, "select * from t");
            }
        });
        log.step("with another user", () -> {
            try (Connection connection = DriverManager.getConnection(url, "other", "x")) {
                return Db.rows(connection, "select current_user");
            }
        });
        log.act("clean up", () -> {
            try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
                Db.execute(connection, "shutdown");
            }
        });
    }
}
