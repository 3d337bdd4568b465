package com.acme.compat.statements;

import com.acme.compat.Db;
import com.acme.compat.Log;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;

/** Values that are handed out as objects or streams. */
public final class LargeValues {

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + 7);
        }
        return bytes;
    }

    private static String table(Db db) throws SQLException {
        return db.table("id int not null primary key, data " + db.binary() + ", words " + db.characters());
    }

    private static String filled(Db db) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " values (?, ?, ?)")) {
            for (int i = 1; i <= 3; i++) {
                statement.setInt(1, i);
                statement.setBytes(2, bytes(20_000 * i));
                statement.setString(3, "word ".repeat(4_000 * i));
                statement.executeUpdate();
            }
        }
        return table;
    }

    public void made_by_the_connection(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect()) {
            log.step("blob", () -> {
                Blob blob = connection.createBlob();
                int written = blob.setBytes(1, bytes(50));
                try (PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " (id, data) values (1, ?)")) {
                    statement.setBlob(1, blob);
                    return written + " " + blob.length() + " " + statement.executeUpdate();
                }
            });
            log.step("clob", () -> {
                Clob clob = connection.createClob();
                int written = clob.setString(1, "some words");
                try (PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " (id, words) values (2, ?)")) {
                    statement.setClob(1, clob);
                    return written + " " + clob.length() + " " + statement.executeUpdate();
                }
            });
            log.step("nclob", () -> {
                NClob clob = connection.createNClob();
                try (Writer writer = clob.setCharacterStream(1)) {
                    writer.write("ärger");
                }
                try (PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " (id, words) values (3, ?)")) {
                    statement.setNClob(1, clob);
                    return clob.length() + " " + statement.executeUpdate();
                }
            });
            log.step("xml", () -> {
                SQLXML xml = connection.createSQLXML();
                xml.setString("<a>b</a>");
                return xml.getString();
            });
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by 1"));
    }

    public void streamed_in(Db db, Log log) throws SQLException {
        String table = table(db);
        try (Connection connection = db.connect();
                PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " values (?, ?, ?)")) {
            log.step("with length", () -> {
                statement.setInt(1, 1);
                statement.setBinaryStream(2, new ByteArrayInputStream(bytes(30_000)), 30_000);
                statement.setCharacterStream(3, new StringReader("x".repeat(30_000)), 30_000);
                return statement.executeUpdate();
            });
            log.step("without", () -> {
                statement.setInt(1, 2);
                statement.setBinaryStream(2, new ByteArrayInputStream(bytes(30_000)));
                statement.setCharacterStream(3, new StringReader("y".repeat(30_000)));
                return statement.executeUpdate();
            });
            log.step("as LOBs", () -> {
                statement.setInt(1, 3);
                statement.setBlob(2, new ByteArrayInputStream(bytes(300)));
                statement.setClob(3, new StringReader("z".repeat(300)));
                return statement.executeUpdate();
            });
            log.step("too short", () -> {
                statement.setInt(1, 4);
                statement.setBinaryStream(2, new ByteArrayInputStream(bytes(10)), 20);
                statement.setString(3, "");
                return statement.executeUpdate();
            });
            log.step("as ascii", () -> {
                statement.setInt(1, 5);
                statement.setBytes(2, null);
                statement.setAsciiStream(3, new ByteArrayInputStream("plain".getBytes(StandardCharsets.US_ASCII)), 5);
                return statement.executeUpdate();
            });
        }
        try (Connection connection = db.connect()) {
            log.query("rows", connection, "select * from " + table + " order by 1");
        }
    }

    public void read_in_every_way(Db db, Log log) throws SQLException {
        String table = filled(db);
        try (Connection connection = db.begin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table + " order by 1")) {
            while (rows.next()) {
                log.step("bytes", () -> rows.getBytes(2));
                log.step("binary stream", () -> rows.getBinaryStream(2));
                log.step("blob", () -> rows.getBlob(2));
                log.step("string", () -> rows.getString(3));
                log.step("reader", () -> rows.getCharacterStream(3));
                log.step("ascii", () -> rows.getAsciiStream(3));
                log.step("clob", () -> rows.getClob(3));
                log.step("nclob", () -> rows.getNClob(3));
                log.step("object", () -> rows.getObject("words"));
            }
        }
    }

    public void blob_methods(Db db, Log log) throws SQLException {
        String table = filled(db);
        try (Connection connection = db.begin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select data from " + table + " where id = 1")) {
            rows.next();
            Blob blob = rows.getBlob(1);
            log.step("length", blob::length);
            log.step("part", () -> blob.getBytes(100, 20));
            log.step("position of bytes", () -> blob.position(bytes(5), 1));
            log.step("position of itself", () -> blob.position(blob, 1));
            log.step("stream of a part", () -> blob.getBinaryStream(10, 10));
            log.step("before the start", () -> blob.getBytes(0, 1));
            log.step("beyond the end", () -> blob.getBytes(1_000_000, 10));
            log.step("write", () -> blob.setBytes(1, new byte[] {1, 2, 3}));
            log.act("write by stream", () -> {
                try (OutputStream out = blob.setBinaryStream(1)) {
                    out.write(9);
                }
            });
            log.act("truncate", () -> blob.truncate(10));
            log.step("length then", blob::length);
            log.act("free", blob::free);
            log.step("after free", blob::length);
            log.act("free again", blob::free);
        }
        log.step("rows", () -> db.rows("select id from " + table + " order by 1"));
    }

    public void clob_methods(Db db, Log log) throws SQLException {
        String table = filled(db);
        try (Connection connection = db.begin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select words from " + table + " where id = 1")) {
            rows.next();
            Clob clob = rows.getClob(1);
            log.step("length", clob::length);
            log.step("part", () -> clob.getSubString(3, 10));
            log.step("position", () -> clob.position("rd w", 1));
            log.step("position of itself", () -> clob.position(clob, 1));
            log.step("stream", clob::getAsciiStream);
            log.step("reader of a part", () -> clob.getCharacterStream(2, 5));
            log.step("before the start", () -> clob.getSubString(0, 1));
            log.step("write", () -> clob.setString(1, "abc"));
            log.act("free", clob::free);
            log.step("after free", () -> clob.getSubString(1, 1));
        }
    }

    public void kept_past_the_rows(Db db, Log log) throws SQLException {
        String table = filled(db);
        Connection connection = db.begin();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select data, words from " + table + " where id = 1");
        rows.next();
        Blob blob = rows.getBlob(1);
        Clob clob = rows.getClob(2);
        rows.close();
        log.step("blob after the rows", () -> blob.getBytes(1, 10));
        log.step("clob after the rows", () -> clob.getSubString(1, 10));
        statement.close();
        log.step("blob after the statement", () -> blob.getBytes(1, 10));
        log.act("commit", connection::commit);
        log.step("blob after commit", () -> blob.getBytes(1, 10));
        log.step("clob after commit", () -> clob.getSubString(1, 10));
        log.act("close", connection::close);
        log.step("blob after close", () -> blob.getBytes(1, 10));
        log.step("length after close", blob::length);
        log.step("clob after close", () -> clob.getSubString(1, 10));
        log.act("free after close", blob::free);
    }

    @SuppressWarnings("try") // closes early on purpose
    public void streams_kept_past_the_row(Db db, Log log) throws Exception {
        String table = filled(db);
        try (Connection connection = db.begin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select data, words from " + table + " order by id")) {
            rows.next();
            var in = rows.getBinaryStream(1);
            log.step("first bytes", () -> in.readNBytes(10));
            rows.next();
            log.step("after the next row", () -> in.readNBytes(10));
            var reader = rows.getCharacterStream(2);
            log.step("a character", reader::read);
            rows.close();
            log.step("after the rows", reader::read);
        }
    }

    public void written_after_close_into_the_next_transaction(Db db, Log log) throws SQLException {
        String table = filled(db);
        Connection connection = db.begin();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select data from " + table + " where id = 1 for update");
        rows.next();
        Blob blob = rows.getBlob(1);
        connection.close();
        try (Connection next = db.begin()) {
            Db.execute(next, "update " + table + " set words = 'mine' where id = 2");
            try {
                blob.setBytes(1, new byte[] {0, 0, 0, 0});
                log.note("late write", "done");
            } catch (SQLException refused) {
                log.note("late write", "refused");
            }
            next.commit();
        }
        try (Connection after = db.connect()) {
            log.query("rows", after, "select id, data from " + table + " order by 1");
        }
    }

    public void nothing_and_empty(Db db, Log log) throws SQLException {
        String table = table(db);
        db.run("insert into " + table + " (id) values (1)");
        try (Connection connection = db.connect();
                PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " values (?, ?, ?)")) {
            statement.setInt(1, 2);
            statement.setBytes(2, new byte[0]);
            statement.setString(3, "");
            log.step("empty", statement::executeUpdate);
            statement.setInt(1, 3);
            log.act("null blob", () -> statement.setBlob(2, (Blob) null));
            log.act("null clob", () -> statement.setClob(3, (Clob) null));
            log.step("nulls", statement::executeUpdate);
        }
        try (Connection connection = db.begin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table + " order by 1")) {
            while (rows.next()) {
                log.step("blob", () -> rows.getBlob(2) == null);
                log.step("was null", rows::wasNull);
                log.step("words", () -> rows.getString(3));
            }
        }
    }
}
