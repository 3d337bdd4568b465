package com.acme.legacy.postgres;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What only this driver can do. */
final class VendorCalls {

    private final Script script = new Script("vendor calls");
    private final Database database;

    private VendorCalls(Database database) {
        this.database = database;
    }

    static void play(Database database) throws Exception {
        VendorCalls calls = new VendorCalls(database);
        database.run("create table parcel (id int, label text)");
        calls.casts();
        calls.copies();
        calls.largeObjects();
        calls.notifications();
        calls.escapes();
        database.run("drop table parcel");
    }

    private void casts() {
        script.step("cast", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                PGConnection own = (PGConnection) connection;
                PGStatement ownStatement = (PGStatement) statement;
                ownStatement.setPrepareThreshold(3);
                return (own.getBackendPID() == (Integer) database.session(connection)) + " "
                        + own.escapeLiteral("it's") + " " + own.getParameterStatus("server_encoding") + " "
                        + ownStatement.getPrepareThreshold() + " " + own.getPreferQueryMode();
            }
        });
        script.step("unwrapped to the interface", () -> {
            try (Connection connection = database.openNoted()) {
                return connection.isWrapperFor(PGConnection.class) + " "
                        + connection.unwrap(PGConnection.class).escapeIdentifier("a\"b");
            }
        });
    }

    private void copies() {
        script.step("copied in and out", () -> {
            try (Connection connection = database.openNoted()) {
                CopyManager manager = ((PGConnection) connection).getCopyAPI();
                long in = manager.copyIn("copy parcel from stdin", new StringReader("1\tone\n2\ttwo\n"));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                manager.copyOut("copy parcel to stdout", out);
                return in + " " + out.toString(StandardCharsets.UTF_8);
            }
        });
        script.step("copied by a manager of one's own", () -> {
            try (Connection connection = database.openNoted()) {
                CopyManager manager = new CopyManager((BaseConnection) connection);
                return manager.copyIn("copy parcel from stdin", new StringReader("3\tthree\n"));
            }
        });
        script.step("copied in a transaction that is left open", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                CopyManager manager = ((PGConnection) connection).getCopyAPI();
                return manager.copyIn("copy parcel from stdin", new StringReader("4\tfour\n"));
            }
        });
        script.step("copied nonsense", () -> {
            try (Connection connection = database.openNoted()) {
                CopyManager manager = ((PGConnection) connection).getCopyAPI();
                return manager.copyIn("copy parcel from stdin", new StringReader("five\tfive\n"));
            }
        });
        script.step("copied so far", () -> database.query("select label from parcel order by id"));
    }

    private void copiesAfterClose(Connection next, CopyManager manager) throws Exception {
        next.setAutoCommit(false);
        script.refusal(
                "copied after close", () -> manager.copyIn("copy parcel from stdin", new StringReader("9\tnine\n")));
        next.commit();
    }

    private void largeObjects() {
        script.step("large object", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                LargeObjectManager manager = ((PGConnection) connection).getLargeObjectAPI();
                long id = manager.createLO();
                try (LargeObject object = manager.open(id, LargeObjectManager.READWRITE)) {
                    object.write("a large object".getBytes(StandardCharsets.US_ASCII));
                    object.seek(2);
                    String read = new String(object.read(5), StandardCharsets.US_ASCII);
                    manager.delete(id);
                    connection.commit();
                    return read;
                }
            }
        });
        script.step("large objects by a manager of one's own", () -> {
            try (Connection connection = database.openNoted()) {
                connection.setAutoCommit(false);
                LargeObjectManager manager = new LargeObjectManager((BaseConnection) connection);
                manager.delete(manager.createLO());
                connection.commit();
                return "made and deleted";
            }
        });
    }

    private void notifications() {
        script.step("listened and notified", () -> {
            try (Connection listener = database.openNoted();
                    Connection sender = database.openNoted()) {
                Database.execute(listener, "listen arrivals");
                Database.execute(sender, "notify arrivals, 'parcel 7'");
                PGNotification[] heard = ((PGConnection) listener).getNotifications(5000);
                Database.execute(listener, "unlisten arrivals");
                return heard.length + " " + heard[0].getName() + " " + heard[0].getParameter();
            }
        });
    }

    private void escapes() throws Exception {
        PgConnection raw;
        CopyManager manager;
        Statement statement;
        Object session;
        try (Connection connection = database.openNoted()) {
            session = database.session(connection);
            raw = connection.unwrap(PgConnection.class);
            manager = ((PGConnection) connection).getCopyAPI();
            statement = raw.createStatement();
        }
        try (Connection next = database.openNoted()) {
            script.step(
                    "the driver's object after close",
                    () -> raw.isClosed() + " " + session.equals(database.session(next)));
            script.refusal("its statement after close", () -> statement.executeUpdate("delete from parcel"));
            copiesAfterClose(next, manager);
        }
        script.step("a statement unwrapped", () -> {
            Object first;
            try (Connection connection = database.openNoted();
                    Statement query = connection.createStatement();
                    ResultSet rows = query.executeQuery("select 1")) {
                first = database.session(connection);
                rows.next();
                rows.unwrap(ResultSet.class).getInt(1);
                query.unwrap(PGStatement.class).setPrepareThreshold(1);
            }
            return first != null;
        });
        script.step("still there", () -> database.query("select count(*) from parcel"));
    }
}
