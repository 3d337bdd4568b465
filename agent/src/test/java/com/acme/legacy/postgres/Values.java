package com.acme.legacy.postgres;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Values that are more than text and numbers, within their connection and after it. */
final class Values {

    private final Script script = new Script("values");
    private final Database database;

    private Values(Database database) {
        this.database = database;
    }

    static void play(Database database) throws Exception {
        Values values = new Values(database);
        database.run("create table folder (id int primary key, scan oid, tags text[], page xml)");
        values.objects();
        values.arrays();
        values.blobs();
        values.cursors();
        values.afterConnection();
        database.run("drop table folder");
    }

    private void objects() {
        script.step("objects", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("select point(1, 2), '{\"a\": 1}'::json, '3 days'::interval, "
                                    + "'6ecd8c99-4036-403d-bf84-cf8400f67836'::uuid, timestamptz '2024-01-01 00:00:00Z', "
                                    + "row(1, 'x')")) {
                rows.next();
                return rows.getObject(1).getClass() + " " + rows.getObject(2) + " " + rows.getObject(3) + " "
                        + rows.getObject(4, UUID.class) + " "
                        + rows.getObject(5, OffsetDateTime.class).toInstant() + " " + rows.getObject(6);
            }
        });
        script.step("columns", () -> {
            try (Connection connection = database.openNoted();
                    PreparedStatement select =
                            connection.prepareStatement("select id, tags from folder where id = ?")) {
                return select.getMetaData().getColumnTypeName(2) + " "
                        + select.getMetaData().getTableName(1) + " "
                        + select.getParameterMetaData().getParameterTypeName(1);
            }
        });
    }

    private void arrays() {
        script.step("an array written", () -> {
            try (Connection connection = database.openNoted();
                    PreparedStatement insert =
                            connection.prepareStatement("insert into folder (id, tags, page) values (1, ?, ?)")) {
                insert.setArray(1, connection.createArrayOf("text", new String[] {"old", "paid"}));
                SQLXML page = connection.createSQLXML();
                page.setString("<page/>");
                insert.setSQLXML(2, page);
                return insert.executeUpdate();
            }
        });
        script.step("an array read", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select tags, page from folder where id = 1")) {
                rows.next();
                Array tags = rows.getArray(1);
                try (ResultSet each = tags.getResultSet()) {
                    each.next();
                    return ((String[]) tags.getArray()).length + " " + each.getString(2) + " "
                            + rows.getSQLXML(2).getString() + " "
                            + (each.getStatement().getConnection() == connection);
                }
            }
        });
    }

    private void blobs() {
        script.step("a blob", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                Database.execute(connection, "update folder set scan = lo_from_bytea(0, 'abc'::bytea)");
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select scan from folder")) {
                    rows.next();
                    Blob scan = rows.getBlob(1);
                    scan.setBytes(2, new byte[] {'x'});
                    String read = new String(scan.getBytes(1, 3), java.nio.charset.StandardCharsets.US_ASCII);
                    scan.free();
                    connection.commit();
                    return read + " " + rows.getObject(1).getClass();
                }
            }
        });
        script.step("a blob made", () -> {
            try (Connection connection = database.openNoted()) {
                return connection.createBlob();
            }
        });
    }

    private void cursors() {
        script.step("rows in portions", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.setFetchSize(10);
                int count = 0;
                try (ResultSet rows = statement.executeQuery("select * from generate_series(1, 95)")) {
                    while (rows.next()) {
                        count++;
                    }
                }
                return count;
            }
        });
        script.step("a cursor of a function", () -> {
            database.run("create function tags_of() returns refcursor language plpgsql as "
                    + "$$ declare c refcursor; begin open c for select tags[1] from folder; return c; end $$");
            try (Connection connection = database.openNoted();
                    CallableStatement call = connection.prepareCall("{? = call tags_of()}")) {
                connection.setAutoCommit(false);
                call.registerOutParameter(1, Types.REF_CURSOR);
                call.execute();
                try (ResultSet rows = (ResultSet) call.getObject(1)) {
                    rows.next();
                    return rows.getString(1) + " " + (rows.getStatement().getConnection() == connection);
                }
            } finally {
                database.run("drop function tags_of()");
            }
        });
        script.step("a constraint that is checked at commit", () -> {
            database.run("create table late (id int unique deferrable initially deferred)");
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                Database.execute(connection, "insert into late values (1), (1)");
                connection.commit();
                return "committed";
            } finally {
                database.run("drop table late");
            }
        });
    }

    private void afterConnection() throws Exception {
        Connection connection = database.openNoted();
        connection.setAutoCommit(false);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select scan, tags, page from folder");
        rows.next();
        Blob scan = rows.getBlob(1);
        Array tags = rows.getArray(2);
        SQLXML page = rows.getSQLXML(3);
        Array again = rows.getArray(2);
        SQLXML samePage = rows.getSQLXML(3);
        connection.close();
        try (Connection next = database.openNoted()) {
            next.setAutoCommit(false);
            script.refusal("a blob written after close", () -> scan.setBytes(1, new byte[] {'z'}));
            script.refusal(
                    "rows of an array after close", () -> tags.getResultSet().next());
            script.step("an array as text after close", tags::toString);
            script.refusal("freed after close", () -> {
                tags.free();
                scan.free();
                page.free();
                return "freed";
            });
            next.commit();
            Script afterClose = new Script("after close");
            afterClose.refusal("array", () -> ((String[]) again.getArray()).length);
            afterClose.refusal("page", samePage::getString);
        }
        script.step("as it was", () -> database.query("select convert_from(lo_get(scan), 'UTF8') from folder"));
        script.step("without the scan", () -> database.query("select lo_unlink(scan) from folder"));
    }
}
