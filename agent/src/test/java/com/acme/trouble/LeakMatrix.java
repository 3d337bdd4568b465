package com.acme.trouble;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Leaks connections and statements in every way there is, one way per method, or does the same and closes all; then has
 * one collection, waits for what is taken back, and uses what it has kept. Arguments: {@code leak} or {@code clean}, URL,
 * user, password, and the query that counts the sessions of the database.
 */
public final class LeakMatrix {

    private static final int STATEMENTS = 300;

    /** Longer than the second after which a lease is watched, and two looks. */
    private static final long OLD_ENOUGH_MILLIS = 2_000;

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final Map<String, Connection> CACHE = new HashMap<>();
    private static final ThreadLocal<Connection> MINE = new ThreadLocal<>();
    private static final List<Object> KEPT = new ArrayList<>();
    private static boolean leaks;
    private static String[] database;

    private LeakMatrix() {}

    public static void main(String[] arguments) throws Exception {
        leaks = arguments[0].equals("leak");
        database = new String[] {arguments[1], arguments[2], arguments[3]};
        String sessions = arguments[4];
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table item (id int primary key, name varchar(20))");
            for (int i = 0; i < 20; i++) {
                statement.execute("insert into item values (" + i + ", 'item')");
            }
        }
        Statement used = useByStatement();
        Iterator<Integer> walked = walk();
        walked.next();
        drop();
        putIntoMap();
        dieWithIt();
        passBy();
        forgetIterator();
        hoardStatements();
        keepValue();

        Thread.sleep(OLD_ENOUGH_MILLIS);
        System.gc();
        awaitSessions(sessions, leaks ? 5 : 3); // used, walked, the watcher's own; kept: the cached one and the blob's
        System.out.println("used: " + execute(used));
        System.out.println("walked: " + walked.next());
        for (Object each : KEPT) {
            System.out.println("kept: " + use(each));
        }
        for (Connection each : CACHE.values()) {
            System.out.println("cached: " + each.isValid(5));
        }
        used.getConnection().close();
        ((Rows) walked).close();
    }

    /** The line that will have leaked is near. */
    private static void here(String way) {
        StackTraceElement caller = new Throwable().getStackTrace()[1];
        System.out.println("way " + way + ' ' + caller.getLineNumber());
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database[0], database[1], database[2]);
    }

    private static void awaitSessions(String query, int expected) throws SQLException, InterruptedException {
        long start = System.nanoTime();
        int open = 0;
        try (Connection watcher = connect();
                PreparedStatement count = watcher.prepareStatement(query)) {
            do {
                try (ResultSet rows = count.executeQuery()) {
                    rows.next();
                    open = rows.getInt(1);
                }
                Thread.sleep(20);
            } while (open > expected && System.nanoTime() - start < PATIENCE_NANOS);
        }
        System.out.println("sessions: " + (open <= expected ? "as expected" : String.valueOf(open)));
    }

    // -- what is in use

    private static Statement useByStatement() throws SQLException {
        return connect().createStatement();
    }

    private static int execute(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select count(*) from item")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Iterator<Integer> walk() throws SQLException {
        return new Rows(connect().createStatement().executeQuery("select id from item order by id"));
    }

    // -- the leaks

    private static void drop() throws SQLException {
        here("drop");
        Connection connection = DriverManager.getConnection(database[0], database[1], database[2]);
        execute(connection.createStatement());
        if (!leaks) {
            connection.close();
        }
    }

    private static void putIntoMap() throws SQLException {
        here("putIntoMap");
        Connection connection = DriverManager.getConnection(database[0], database[1], database[2]);
        execute(connection.createStatement());
        if (leaks) {
            CACHE.put("first", connection);
        } else {
            connection.close();
        }
    }

    private static void dieWithIt() throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    try {
                        here("dieWithIt");
                        Connection connection = DriverManager.getConnection(database[0], database[1], database[2]);
                        MINE.set(connection);
                        if (!leaks) {
                            MINE.get().close();
                        }
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                "mortal");
        thread.start();
        thread.join();
    }

    private static void passBy() {
        try {
            failing();
        } catch (SQLException expected) {
            System.out.println("failed: " + (expected.getSQLState() != null));
        }
    }

    private static void failing() throws SQLException {
        here("failing");
        Connection connection = DriverManager.getConnection(database[0], database[1], database[2]);
        try {
            connection.createStatement().execute("select * from no_such_table");
        } catch (SQLException failure) {
            if (!leaks) {
                connection.close();
            }
            throw failure;
        }
        connection.close();
    }

    private static void forgetIterator() throws SQLException {
        here("forgetIterator");
        Connection connection = DriverManager.getConnection(database[0], database[1], database[2]);
        Rows rows = new Rows(connection.createStatement().executeQuery("select id from item"));
        rows.next();
        if (!leaks) {
            rows.close();
        }
    }

    private static void hoardStatements() throws SQLException {
        try (Connection connection = connect()) {
            for (int i = 0; i < STATEMENTS; i++) {
                if (i == 0) {
                    here("hoardStatements");
                }
                PreparedStatement statement = connection.prepareStatement("select count(*) from item where id = ?");
                statement.setInt(1, i);
                statement.executeQuery().next();
                if (!leaks) {
                    statement.close();
                }
            }
        }
    }

    private static void keepValue() throws SQLException {
        here("keepValue");
        Connection connection = DriverManager.getConnection(database[0], database[1], database[2]);
        connection.setAutoCommit(false);
        Object value = connection instanceof PGConnection postgres ? postgres.getCopyAPI() : connection.createBlob();
        if (leaks) {
            KEPT.add(value);
        } else {
            connection.close();
        }
    }

    private static long use(Object value) throws SQLException, IOException {
        return value instanceof CopyManager copier
                ? copier.copyOut("copy (select 1) to stdout", new ByteArrayOutputStream())
                : ((Blob) value).setBytes(1, new byte[] {1});
    }

    /** Rows of somebody who does not say when he has seen enough. */
    private static final class Rows implements Iterator<Integer> {

        private final ResultSet rows;

        Rows(ResultSet rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Integer next() {
            try {
                if (!rows.next()) {
                    throw new NoSuchElementException();
                }
                return rows.getInt(1);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        void close() throws SQLException {
            rows.getStatement().getConnection().close();
        }
    }
}
