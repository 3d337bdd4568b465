package com.acme.compat.vendor;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What only SQLite does. */
@On(Kind.SQLITE)
public final class Sqlite {

    private static void look(Log log, String url) throws SQLException {
        try (Connection one = DriverManager.getConnection(url);
                Connection other = DriverManager.getConnection(url)) {
            log.act("make", () -> Db.execute(one, "create table note (id int)"));
            log.step("where it was made", () -> Db.rows(one, "select count(*) from note"));
            log.step("beside", () -> Db.rows(other, "select count(*) from note"));
        }
        try (Connection later = DriverManager.getConnection(url)) {
            log.step("later", () -> Db.rows(later, "select count(*) from note"));
        }
    }

    public void memory_is_each_connections_own(Db db, Log log) throws SQLException {
        look(log, "jdbc:sqlite::memory:");
        look(log, "jdbc:sqlite:");
    }

    public void shared_memory_dies_with_its_last_connection(Db db, Log log) throws SQLException {
        look(log, "jdbc:sqlite:file:" + db.name("m") + "?mode=memory&cache=shared");
    }
}
