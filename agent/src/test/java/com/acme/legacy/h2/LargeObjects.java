package com.acme.legacy.h2;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collections;

/** LOBs and arrays, within their connection and after it. */
final class LargeObjects {

    private final Script script = new Script("large objects");
    private final Database database;

    private LargeObjects(Database database) {
        this.database = database;
    }

    static void play(Database database) throws Exception {
        database.run("create table paper (id int primary key, scan blob, letter clob, tags varchar(10) array)");
        LargeObjects play = new LargeObjects(database);
        play.withinConnection();
        play.afterConnection();
        database.run("drop table paper");
    }

    private void withinConnection() {
        script.step("written", () -> {
            try (Connection connection = database.openNoted();
                    PreparedStatement insert = connection.prepareStatement("insert into paper values (?, ?, ?, ?)")) {
                Blob blob = connection.createBlob();
                try (OutputStream out = blob.setBinaryStream(1)) {
                    out.write("scan".repeat(2000).getBytes(StandardCharsets.US_ASCII));
                }
                Clob clob = connection.createClob();
                clob.setString(1, "letter".repeat(2000));
                Array tags = connection.createArrayOf("VARCHAR", new Object[] {"old", "paid"});
                insert.setInt(1, 1);
                insert.setBlob(2, blob);
                insert.setClob(3, clob);
                insert.setArray(4, tags);
                return insert.executeUpdate();
            }
        });
        script.step("read", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select scan, letter, tags from paper")) {
                rows.next();
                Blob blob = rows.getBlob(1);
                Clob clob = rows.getClob("letter");
                Array tags = rows.getArray(3);
                try (InputStream in = blob.getBinaryStream();
                        ResultSet tagRows = tags.getResultSet()) {
                    tagRows.next();
                    return in.readAllBytes().length + " " + blob.length() + " " + clob.getSubString(1, 6) + " "
                            + ((Object[]) tags.getArray()).length + " " + tagRows.getString(2) + " "
                            + (rows.getObject(1) instanceof Blob) + " " + (rows.getObject(3) instanceof Array);
                }
            }
        });
        script.step("passed on from a row to a parameter", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select scan, letter, tags from paper where id = 1");
                    PreparedStatement insert = connection.prepareStatement("insert into paper values (2, ?, ?, ?)")) {
                rows.next();
                insert.setObject(1, rows.getObject(1));
                insert.setClob(2, rows.getClob(2));
                insert.setArray(3, rows.getArray(3));
                return insert.executeUpdate();
            }
        });
        script.step("as streams", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select scan, letter from paper where id = 2")) {
                rows.next();
                return rows.getBinaryStream(1).readAllBytes().length + " "
                        + rows.getCharacterStream(2).read();
            }
        });
    }

    private void afterConnection() throws Exception {
        Connection connection = database.openNoted();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select scan, letter, tags from paper where id = 1");
        rows.next();
        Blob blob = rows.getBlob(1);
        Clob clob = rows.getClob(2);
        Array tags = rows.getArray(3);
        Blob fresh = connection.createBlob();
        connection.close();
        try (Connection next = database.openNoted()) {
            next.setAutoCommit(false);
            script.refusal("length after close", blob::length);
            script.refusal("bytes after close", () -> blob.getBytes(1, 4).length);
            script.refusal("written after close", () -> fresh.setBytes(1, new byte[] {1, 2, 3}));
            script.refusal("text after close", () -> clob.getSubString(1, 6));
            script.refusal("array after close", () -> ((Object[]) tags.getArray()).length);
            script.refusal(
                    "rows of an array after close",
                    () -> tags.getResultSet(Collections.emptyMap()).next());
            script.refusal("freed after close", () -> {
                blob.free();
                return "freed";
            });
            next.commit();
        }
        script.step("as it was", () -> database.query("select octet_length(scan) from paper order by id"));
    }
}
