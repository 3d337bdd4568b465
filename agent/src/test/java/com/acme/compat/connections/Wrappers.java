package com.acme.compat.connections;

import com.acme.compat.Db;
import com.acme.compat.Log;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;

/** What is asked for its inside. */
public final class Wrappers {

    private static final Class<?>[] TYPES = {
        Connection.class,
        Statement.class,
        PreparedStatement.class,
        CallableStatement.class,
        ResultSet.class,
        DatabaseMetaData.class,
        Wrapper.class,
        AutoCloseable.class,
        Object.class,
        String.class,
        Runnable.class,
        null
    };

    private static void ask(Log log, String name, Wrapper wrapper) {
        for (Class<?> type : TYPES) {
            String what = name + " as " + (type == null ? "null" : type.getSimpleName());
            log.step(what, () -> wrapper.isWrapperFor(type));
            log.step(what + ", unwrapped", () -> type.isInstance(wrapper.unwrap(type)));
            log.step(what + ", the same", () -> wrapper.unwrap(type) == wrapper);
        }
    }

    public void connection(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            ask(log, "connection", connection);
            log.step("usable", () -> Db.rows(connection, db.one("1")));
        }
    }

    public void statements(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(db.one("1"))) {
            ask(log, "statement", statement);
            ask(log, "prepared", prepared);
        }
    }

    public void rows_and_descriptions(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(db.one("1"))) {
            ask(log, "rows", rows);
            ask(log, "description of rows", rows.getMetaData());
            ask(log, "description of the database", connection.getMetaData());
        }
    }

    public void the_drivers_own_class(Db db, Log log) throws Exception {
        Class<?> vendor = vendorClass(db);
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        log.step("wrapper", () -> connection.isWrapperFor(vendor));
        log.step("unwrapped", () -> vendor.isInstance(connection.unwrap(vendor)));
        log.step("works", () -> {
            Connection inside = (Connection) connection.unwrap(vendor);
            Db.execute(inside, "insert into " + table + " values (2, 'inside')");
            return Db.rows(connection, "select * from " + table + " order by id");
        });
        log.act("commit inside", () -> ((Connection) connection.unwrap(vendor)).commit());
        log.act("close inside", () -> ((Connection) connection.unwrap(vendor)).close());
        log.step("closed", connection::isClosed);
        log.act("close", connection::close);
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    static Class<?> vendorClass(Db db) throws ClassNotFoundException {
        return Class.forName(
                switch (db.way()) {
                    case H2, H2_EMBEDDED -> "org.h2.jdbc.JdbcConnection";
                    case POSTGRES -> "org.postgresql.jdbc.PgConnection";
                    case MARIADB -> "org.mariadb.jdbc.Connection";
                    case CONNECTOR_J -> "com.mysql.cj.jdbc.JdbcConnection";
                    case HSQLDB -> "org.hsqldb.jdbc.JDBCConnection";
                    case DERBY -> "org.apache.derby.impl.jdbc.EmbedConnection";
                    case DERBY_SERVER -> "org.apache.derby.client.am.ClientConnection";
                    case SQLITE -> "org.sqlite.SQLiteConnection";
                });
    }

    public void kept_past_close(Db db, Log log) throws Exception {
        Class<?> vendor = vendorClass(db);
        Connection connection = db.connect();
        Connection inside = (Connection) connection.unwrap(vendor);
        connection.close();
        log.step("closed inside", inside::isClosed);
        try (Connection next = db.begin()) {
            log.step("another one", () -> next.unwrap(vendor) == (Object) inside);
            log.act("late close inside", inside::close);
            log.step("next is well", () -> Db.rows(next, db.one("1")));
            next.rollback();
        }
    }
}
