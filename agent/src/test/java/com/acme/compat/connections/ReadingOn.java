package com.acme.compat.connections;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;

/** Rows, descriptions and values that are used after their connection was closed, which some drivers allow. */
public final class ReadingOn {

    private interface Query {
        ResultSet on(Connection connection, String table) throws SQLException;
    }

    public void of_a_statement(Db db, Log log) throws SQLException {
        rows(db, log, (connection, table) -> connection.createStatement().executeQuery("select * from " + table));
    }

    public void of_a_prepared_statement(Db db, Log log) throws SQLException {
        rows(db, log, (connection, table) -> {
            PreparedStatement statement =
                    connection.prepareStatement("select * from " + table + " where id > ? order by id");
            statement.setInt(1, 0);
            return statement.executeQuery();
        });
    }

    public void of_a_statement_that_scrolls(Db db, Log log) throws SQLException {
        rows(
                db,
                log,
                (connection, table) -> connection
                        .createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)
                        .executeQuery("select * from " + table + " order by id"));
    }

    public void of_a_statement_that_fetches(Db db, Log log) throws SQLException {
        rows(db, log, (connection, table) -> {
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.setFetchSize(2);
            return statement.executeQuery("select * from " + table + " order by id");
        });
    }

    public void of_a_result_asked_for(Db db, Log log) throws SQLException {
        rows(db, log, (connection, table) -> {
            Statement statement = connection.createStatement();
            statement.execute("select * from " + table + " order by id");
            return statement.getResultSet();
        });
    }

    /** While the connection, or another one, is in a transaction of somebody else. */
    private static void rows(Db db, Log log, Query query) throws SQLException {
        String table = db.rowsOf(6);
        Connection connection = db.connect();
        ResultSet rows = query.on(connection, table);
        rows.next();
        ResultSetMetaData columns = rows.getMetaData();
        connection.close();
        try (Connection next = db.begin()) {
            log.step("insert", () -> Db.execute(next, "insert into " + table + " values (9, 'nine')"));
            log.step("value", () -> rows.getInt(1) + rows.getString(2) + rows.getObject(2) + rows.getString("name"));
            log.step("next", rows::next);
            log.step("then", () -> rows.getInt("id") + " " + rows.getLong(1) + " " + rows.wasNull());
            log.step("columns", () -> columns.getColumnCount() + columns.getColumnName(1) + columns.getColumnLabel(2));
            log.step("type", () -> columns.getColumnType(1) + " " + columns.getColumnClassName(1));
            log.step("found", () -> rows.findColumn("name"));
            log.step("statement", () -> rows.getStatement().getConnection() == connection);
            log.step("statement's rows", () -> rows.getStatement().getResultSet() == rows);
            log.step("statement's count", () -> rows.getStatement().getUpdateCount());
            log.step("connection", connection::isClosed);
            log.step("left", () -> Log.rows(rows));
            log.step("after the last", rows::next);
            log.step("first again", rows::first);
            log.step("executed again", () -> rows.getStatement().executeQuery("select 1"));
            log.act("close rows", rows::close);
            log.step("closed", rows::isClosed);
            log.step("next of closed", rows::next);
            log.act("commit", next::commit);
        }
        log.step("rows", () -> db.rows("select count(*) from " + table));
    }

    public void of_no_rows(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.connect();
        ResultSet none = connection.createStatement().executeQuery("select * from " + table + " where id = 7");
        ResultSet read = connection.createStatement().executeQuery("select * from " + table);
        log.step("read", () -> Log.rows(read));
        connection.close();
        log.step("none", none::next);
        log.step("read to the end", read::next);
        log.step("before the first", none::isBeforeFirst);
        log.act("close", none::close);
    }

    public void in_the_wrong_order_of_closing(Db db, Log log) throws SQLException {
        String table = db.rowsOf(3);
        for (int i = 0; i < 8; i++) {
            Connection connection = db.connect();
            PreparedStatement statement =
                    connection.prepareStatement("select * from " + table + " where id > ? order by id");
            statement.setInt(1, 1);
            ResultSet rows = statement.executeQuery();
            rows.next();
            connection.close();
            log.step("value", () -> rows.getString(2));
            log.act("statement", statement::close);
            log.step("value of closed", () -> rows.getString(2));
            log.act("rows", rows::close);
            log.act("connection", connection::close);
        }
        try (Connection connection = db.connect()) {
            log.query("next", connection, "select * from " + table + " order by id");
        }
    }

    public void of_keys(Db db, Log log) throws SQLException {
        String table = db.table("id " + db.identity() + ", name varchar(10)");
        Connection connection = db.connect();
        Statement statement = connection.createStatement();
        statement.executeUpdate("insert into " + table + " (name) values ('a')", Statement.RETURN_GENERATED_KEYS);
        ResultSet keys = statement.getGeneratedKeys();
        connection.close();
        log.step("key", () -> keys.next() + " " + keys.getInt(1));
        log.step("no more", keys::next);
    }

    public void of_the_catalogue(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.connect();
        DatabaseMetaData about = connection.getMetaData();
        ResultSet columns = about.getColumns(connection.getCatalog(), null, db.kept(table), null);
        connection.close();
        log.step("first", () -> columns.next() + " " + columns.getString("COLUMN_NAME"));
        log.step("second", () -> columns.next() + " " + columns.getString(4));
        log.step("product", about::getDatabaseProductName);
        log.step("version", about::getDatabaseMajorVersion);
        log.step("quote", about::getIdentifierQuoteString);
        log.step("driver", about::getDriverName);
        log.step("tables", () -> about.getTables(null, null, db.kept(table), null));
    }

    public void of_large_values(Db db, Log log) throws SQLException {
        String table = db.table("id int not null primary key, b " + db.binary() + ", c " + db.characters());
        try (Connection connection = db.connect();
                PreparedStatement insert = connection.prepareStatement("insert into " + table + " values (1, ?, ?)")) {
            insert.setBytes(1, new byte[] {1, 2, 3});
            insert.setString(2, "words");
            insert.executeUpdate();
        }
        Connection connection = db.connect();
        ResultSet rows = connection.createStatement().executeQuery("select * from " + table);
        rows.next();
        log.step("text", () -> rows.getString(3));
        connection.close();
        log.step("bytes", () -> rows.getBytes(2));
        log.step("stream", () -> rows.getBinaryStream(2));
        log.step("characters", () -> rows.getCharacterStream(3));
        log.step("string", () -> rows.getString(3));
        log.step("blob", () -> {
            Blob blob = rows.getBlob(2);
            return blob.length() + " " + blob.getBytes(1, 2).length;
        });
        log.step("clob", () -> {
            Clob clob = rows.getClob(3);
            return clob.length() + clob.getSubString(2, 3);
        });
    }

    @On({Kind.POSTGRES})
    public void of_vendor_types(Db db, Log log) throws SQLException {
        db.run("create type shade as enum ('light', 'dark')");
        db.afterwards("drop type shade");
        Connection connection = db.connect();
        ResultSet rows = connection
                .createStatement()
                .executeQuery("select 'dark'::shade, '{\"a\":1}'::jsonb, '{1,2}'::int4[], '<a/>'::xml, 1.50::numeric,"
                        + " '2024-02-29'::date, '1 day'::interval, '10.0.0.1'::inet, row(1,'a'), '{dark}'::shade[]");
        rows.next();
        SQLXML xml = rows.getSQLXML(4);
        Array numbers = rows.getArray(3);
        connection.close();
        for (int i = 1; i <= 10; i++) {
            int column = i;
            log.step("string " + i, () -> rows.getString(column));
            log.step("object " + i, () -> rows.getObject(column));
        }
        log.step("uuid or so", () -> rows.getObject(6, java.time.LocalDate.class));
        log.step("array", () -> numbers.getArray());
        log.step("base type", numbers::getBaseTypeName);
        log.step("xml", xml::getString);
        log.act("free", numbers::free);
    }

    @On({Kind.POSTGRES})
    public void of_a_cursor_in_a_row(Db db, Log log) throws SQLException {
        db.run("create function cursor_of() returns refcursor language plpgsql as"
                + " 'declare c refcursor; begin open c for select 7; return c; end'");
        db.afterwards("drop function cursor_of()");
        Connection connection = db.begin();
        ResultSet rows = connection.createStatement().executeQuery("select cursor_of()");
        rows.next();
        connection.close();
        log.step("opened", () -> rows.getObject(1));
    }
}
