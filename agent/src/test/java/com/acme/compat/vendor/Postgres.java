package com.acme.compat.vendor;

import com.acme.compat.Alone;
import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** PostgreSQL's own: COPY, LISTEN, large objects, its classes. */
@On(Kind.POSTGRES)
public final class Postgres {

    public void copy_in_and_out(Db db, Log log) throws SQLException {
        String table = db.table("id int, name text");
        try (Connection connection = db.connect()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            log.step("in", () -> copy.copyIn("copy " + table + " from stdin", new StringReader("1\ta\n2\tb\n")));
            log.step("out", () -> {
                StringWriter out = new StringWriter();
                return copy.copyOut("copy " + table + " to stdout", out) + " " + out;
            });
            log.step("broken", () -> copy.copyIn("copy " + table + " from stdin", new StringReader("x\ty\tz\n")));
            log.step("usable", () -> Db.rows(connection, "select count(*) from " + table));
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void copy_by_constructor(Db db, Log log) throws SQLException {
        String table = db.table("id int, name text");
        try (Connection connection = db.begin()) {
            log.step(
                    "in",
                    () -> new CopyManager((BaseConnection) connection)
                            .copyIn(
                                    "copy " + table + " from stdin",
                                    new ByteArrayInputStream("7\tq\n".getBytes(StandardCharsets.UTF_8))));
            connection.rollback();
        }
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void copy_left_open(Db db, Log log) throws SQLException {
        String table = db.table("id int, name text");
        Connection connection = db.connect();
        CopyIn in = ((PGConnection) connection).getCopyAPI().copyIn("copy " + table + " from stdin");
        byte[] line = {'1', '\t', 'a', '\n'};
        in.writeToCopy(line, 0, line.length);
        log.act("close", connection::close);
        log.act("late write", () -> in.writeToCopy(line, 0, line.length));
        log.step("active", in::isActive);
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void copy_as_a_statement(Db db, Log log) throws SQLException {
        String table = db.table("id int, name text");
        try (Connection connection = db.connect()) {
            log.step("in", () -> Db.execute(connection, "copy " + table + " from stdin"));
            log.step("usable", () -> Db.rows(connection, "select 1"));
        }
    }

    @Alone
    public void listening(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            PGConnection listener = connection.unwrap(PGConnection.class);
            Db.execute(connection, "listen news");
            db.run("notify news, 'first'");
            log.step("news", () -> {
                PGNotification[] news = listener.getNotifications(5_000);
                return news.length + news[0].getName() + news[0].getParameter();
            });
            log.step(
                    "no more", () -> listener.getNotifications() == null ? "none" : listener.getNotifications().length);
        }
        db.run("notify news, 'second'");
        for (int i = 0; i < 3; i++) {
            try (Connection connection = db.connect()) {
                log.step("channels of the next", () -> Db.rows(connection, "select pg_listening_channels()"));
                log.step("news of the next", () -> {
                    PGNotification[] news = ((PGConnection) connection).getNotifications();
                    return news == null ? 0 : news.length;
                });
            }
        }
    }

    public void large_objects(Db db, Log log) throws SQLException {
        try (Connection connection = db.begin()) {
            LargeObjectManager objects = ((PGConnection) connection).getLargeObjectAPI();
            long oid = objects.createLO();
            log.step("write", () -> {
                try (LargeObject object = objects.open(oid)) {
                    object.write(new byte[] {1, 2, 3, 4, 5});
                    return object.size();
                }
            });
            connection.commit();
            log.step("read", () -> {
                try (LargeObject object = objects.open(oid, LargeObjectManager.READ)) {
                    object.seek(2);
                    return object.read(10);
                }
            });
            log.act("delete", () -> objects.delete(oid));
            log.step("read deleted", () -> objects.open(oid).read(1));
            connection.rollback();
            objects.delete(oid);
            connection.commit();
        }
        log.step("in auto-commit mode", () -> {
            try (Connection connection = db.connect()) {
                return ((PGConnection) connection).getLargeObjectAPI().createLO() > 0;
            }
        });
    }

    public void large_object_blobs(Db db, Log log) throws SQLException {
        String table = db.table("id int primary key, data oid");
        try (Connection connection = db.begin();
                PreparedStatement statement = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            statement.setInt(1, 1);
            statement.setBlob(2, new ByteArrayInputStream(new byte[100]), 100);
            log.step("insert", statement::executeUpdate);
            connection.commit();
        }
        Connection connection = db.begin();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select data from " + table);
        rows.next();
        java.sql.Blob blob = rows.getBlob(1);
        log.step("length", blob::length);
        log.step("write", () -> blob.setBytes(3, new byte[] {9, 9}));
        log.step("read", () -> blob.getBytes(1, 5));
        connection.close();
        try (Connection next = db.begin()) {
            Db.execute(next, "insert into " + table + " values (2, null)");
            log.step("late write", () -> {
                try {
                    return blob.setBytes(3, new byte[] {8, 8});
                } catch (SQLException refused) {
                    return "refused";
                }
            });
            next.commit();
        }
        log.step("content", () -> db.rows("select id, encode(lo_get(data), 'hex') from " + table + " order by id"));
    }

    public void casts(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("select ?::int")) {
            log.step("connection", () -> connection instanceof PGConnection);
            log.step("base connection", () -> connection instanceof BaseConnection);
            log.step("statement", () -> statement instanceof PGStatement);
            log.act("threshold", () -> ((PGStatement) statement).setPrepareThreshold(1));
            log.step("threshold is", () -> ((PGStatement) statement).getPrepareThreshold());
            for (int i = 0; i < 3; i++) {
                statement.setInt(1, i);
                log.step("query", statement::executeQuery);
                log.step("prepared", () -> ((PGStatement) statement).isUseServerPrepare());
            }
        }
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("select 1")) {
            log.step("the next one's threshold", () -> ((PGStatement) statement).getPrepareThreshold());
        }
    }

    public void settings_of_the_driver(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            PGConnection own = (PGConnection) connection;
            log.step(
                    "before",
                    () -> own.getPrepareThreshold() + " " + own.getDefaultFetchSize() + " " + own.getAutosave() + " "
                            + own.getPreferQueryMode() + " " + own.getAdaptiveFetch());
            own.setPrepareThreshold(1);
            own.setDefaultFetchSize(7);
            own.setAutosave(org.postgresql.jdbc.AutoSave.ALWAYS);
            own.setAdaptiveFetch(true);
            log.step(
                    "then",
                    () -> own.getPrepareThreshold() + " " + own.getDefaultFetchSize() + " " + own.getAutosave() + " "
                            + own.getAdaptiveFetch());
        }
        try (Connection connection = db.connect()) {
            PGConnection own = (PGConnection) connection;
            log.step(
                    "the next one's",
                    () -> own.getPrepareThreshold() + " " + own.getDefaultFetchSize() + " " + own.getAutosave() + " "
                            + own.getAdaptiveFetch());
        }
    }

    public void escaping_and_parameters(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            PGConnection own = (PGConnection) connection;
            log.step("literal", () -> own.escapeLiteral("it's"));
            log.step("identifier", () -> own.escapeIdentifier("a b"));
            log.step("parameter", () -> own.getParameterStatus("client_encoding"));
            log.step("parameters", () -> own.getParameterStatuses().size() > 5);
            log.step("backend", () -> own.getBackendPID() > 0);
            log.step("replication", () -> own.getReplicationAPI() != null);
            log.step("array", () -> own.createArrayOf("int4", new int[] {1, 2}));
        }
    }

    public void vendor_types(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.query("point", connection, "select '(1,2)'::point");
            log.query("interval", connection, "select '1 day 2 hours'::interval");
            log.query("uuid", connection, "select '00000000-0000-0000-0000-000000000001'::uuid");
            log.query("json", connection, "select '{\"a\":1}'::jsonb");
            log.query("hstore-like", connection, "select row(1,'a')");
            log.query("array of arrays", connection, "select array[[1,2],[3,4]]");
            log.query("range", connection, "select int4range(1,5)");
            log.query("money", connection, "select 12.5::numeric::money");
            log.query("xml", connection, "select '<a/>'::xml::text");
        }
    }

    public void killed_by_the_administrator(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin();
                Connection admin = db.connect()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            String pid = Db.rows(connection, "select pg_backend_pid()").get(0);
            log.step("kill", () -> Db.rows(admin, "select pg_terminate_backend(" + pid + ")"));
            log.step("gone", () -> {
                while (!Db.rows(admin, "select 1 from pg_stat_activity where pid = " + pid)
                        .isEmpty()) {
                    Thread.onSpinWait();
                }
                return "gone";
            });
            try {
                log.note("use", Db.rows(connection, "select 1"));
            } catch (SQLException broken) {
                // Whether the end of the stream or a reset comes next is the network's choice.
                log.note("use", broken.getClass() + " " + broken.getSQLState() + " " + broken.getMessage());
            }
            log.step("valid", () -> connection.isValid(1));
            log.step("closed", connection::isClosed);
            log.act("rollback", connection::rollback);
            log.act("close", connection::close);
        }
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void two_phase(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.begin()) {
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            log.step("prepare", () -> Db.execute(connection, "prepare transaction '" + table + "'"));
            log.act("commit", connection::commit);
        }
        log.step("not yet", () -> db.rows("select count(*) from " + table));
        log.step("commit prepared", () -> db.run("commit prepared '" + table + "'"));
        log.step("rows", () -> db.rows("select count(*) from " + table));
    }

    public void multiple_statements_and_returning(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step(
                    "execute",
                    () -> statement.execute(
                            "insert into " + table + " values (2, 'b'); select count(*) from " + table + "; select 7"));
            log.step("count", statement::getUpdateCount);
            log.step("more", statement::getMoreResults);
            log.step("rows", statement::getResultSet);
            log.step("more then", statement::getMoreResults);
            log.step("rows then", statement::getResultSet);
            log.step(
                    "returning",
                    () -> statement.executeQuery("insert into " + table + " values (3, 'c') returning id, name"));
        }
    }

    public void properties_make_another_connection(Db db, Log log) throws SQLException {
        log.step("schema", () -> {
            try (Connection connection = db.connect("currentSchema", "attic")) {
                return Db.rows(connection, "show search_path");
            }
        });
        log.step("name", () -> {
            try (Connection connection = db.connect("ApplicationName", "till 9")) {
                return Db.rows(connection, "show application_name");
            }
        });
        log.step("read-only", () -> {
            try (Connection connection = db.connect("readOnly", "true")) {
                return connection.isReadOnly() + " " + Db.rows(connection, "show transaction_read_only");
            }
        });
        log.step("plain", () -> {
            try (Connection connection = db.connect()) {
                return Db.rows(connection, "show search_path") + " " + Db.rows(connection, "show application_name")
                        + connection.isReadOnly();
            }
        });
    }

    public void autosave(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.connect("autosave", "always")) {
            connection.setAutoCommit(false);
            Db.execute(connection, "insert into " + table + " values (2, 'b')");
            log.step("fail", () -> Db.execute(connection, "insert into " + table + " values (1, 'x')"));
            log.step("go on", () -> Db.execute(connection, "insert into " + table + " values (3, 'c')"));
            log.act("commit", connection::commit);
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }
}
