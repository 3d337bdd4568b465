package com.acme.sessions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Leaks sessions of an ORM in every way there is, one way per method, or does the same and closes all; then has one
 * collection, waits for what is taken back, and uses what it has kept. Arguments: {@code leak} or {@code clean},
 * {@code hibernate} or {@code mybatis}, URL, user, password, the query that counts the sessions of the database, and the
 * agent's log file.
 *
 * @param <S> a session
 */
public final class OrmLeakMatrix<S> {

    private static final int STATEMENTS = 300;

    /** Longer than the second after which a lease is watched, and two looks. */
    private static final long OLD_ENOUGH_MILLIS = 2_000;

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private static final Map<String, Object> CACHE = new HashMap<>();
    private static final ThreadLocal<Object> MINE = new ThreadLocal<>();
    private static final List<Object> KEPT = new ArrayList<>();

    /** Leaves no frame of the application on the stack. */
    private final Supplier<? extends S> open;

    private final Orm<S> orm;
    private final boolean leaks;

    private OrmLeakMatrix(Supplier<? extends S> open, Orm<S> orm, boolean leaks) {
        this.open = open;
        this.orm = orm;
        this.leaks = leaks;
    }

    public static void main(String[] arguments) throws Exception {
        boolean leaks = arguments[0].equals("leak");
        DataSource source = source(arguments[2], arguments[3], arguments[4]);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table item (id int primary key, name varchar(20))");
            for (int i = 0; i < 20; i++) {
                statement.execute("insert into item values (" + i + ", 'item')");
            }
        }
        OrmLeakMatrix<?> matrix = arguments[1].equals("hibernate")
                ? new OrmLeakMatrix<>(OnHibernate.factory(source)::openSession, new OnHibernate(), leaks)
                : new OrmLeakMatrix<>(OnMyBatis.factory(source)::openSession, new OnMyBatis(), leaks);
        matrix.run(source, arguments[5], Path.of(arguments[6]));
    }

    private static DataSource source(String url, String user, String password) {
        if (url.startsWith("jdbc:h2:")) {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL(url);
            source.setUser(user);
            source.setPassword(password);
            return source;
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private void run(DataSource source, String sessions, Path log) throws Exception {
        S used = open.get();
        Iterator<Integer> walked = orm.walk(used);
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
        awaitSessions(source, sessions, leaks ? 4 : 2); // used, the watcher's own; kept: the cached one and the value's
        System.out.println("walked: " + walked.next());
        System.out.println("used: " + orm.count(used));
        for (Object each : KEPT) {
            System.out.println("kept: " + use(each));
        }
        for (Object each : CACHE.values()) {
            System.out.println("cached: " + count(each));
        }
        orm.close(used);
        if (leaks) {
            Shapes.await(log, 5, "[PW-202]");
        }
    }

    /** The line that will have leaked is the next one. */
    private static void here(String way) {
        StackTraceElement caller = new Throwable().getStackTrace()[1];
        System.out.println("way " + way + " (OrmLeakMatrix.java:" + (caller.getLineNumber() + 1) + ")");
    }

    @SuppressWarnings("unchecked")
    private int count(Object session) {
        return orm.count((S) session);
    }

    private static void awaitSessions(DataSource source, String query, int expected)
            throws SQLException, InterruptedException {
        long start = System.nanoTime();
        int open = 0;
        try (Connection watcher = source.getConnection();
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

    // -- the leaks

    private void drop() {
        here("drop");
        S session = open.get();
        orm.count(session);
        if (!leaks) {
            orm.close(session);
        }
    }

    private void putIntoMap() {
        here("putIntoMap");
        S session = open.get();
        orm.count(session);
        if (leaks) {
            CACHE.put("first", session);
        } else {
            orm.close(session);
        }
    }

    private void dieWithIt() throws InterruptedException {
        Thread thread = new Thread(
                () -> {
                    here("dieWithIt");
                    S session = open.get();
                    MINE.set(session);
                    orm.count(session);
                    if (!leaks) {
                        orm.close(session);
                    }
                },
                "mortal");
        thread.start();
        thread.join();
    }

    private void passBy() {
        try {
            failing();
        } catch (RuntimeException expected) {
            System.out.println("failed: true");
        }
    }

    private void failing() {
        here("failing");
        S session = open.get();
        try {
            orm.fail(session);
        } catch (RuntimeException failure) {
            if (!leaks) {
                orm.close(session);
            }
            throw failure;
        }
        orm.close(session);
    }

    private void forgetIterator() {
        here("forgetIterator");
        S session = open.get();
        Iterator<Integer> items = orm.walk(session);
        items.next();
        if (!leaks) {
            orm.close(session);
        }
    }

    private void hoardStatements() {
        S session = open.get();
        orm.with(session, connection -> {
            for (int i = 0; i < STATEMENTS; i++) {
                PreparedStatement statement = connection.prepareStatement("select count(*) from item where id = ?");
                statement.setInt(1, i);
                statement.executeQuery().next();
                if (!leaks) {
                    statement.close();
                }
            }
        });
        orm.close(session);
    }

    private void keepValue() {
        here("keepValue");
        S session = open.get();
        Object[] value = new Object[1];
        orm.with(session, connection -> {
            connection.setAutoCommit(false);
            value[0] = connection.isWrapperFor(PGConnection.class)
                    ? ((PGConnection) connection).getCopyAPI()
                    : connection.createBlob();
        });
        if (leaks) {
            KEPT.add(value[0]);
        } else {
            orm.close(session);
        }
    }

    private static long use(Object value) throws SQLException {
        try {
            return value instanceof CopyManager copier
                    ? copier.copyOut("copy (select 1) to stdout", new ByteArrayOutputStream())
                    : ((Blob) value).setBytes(1, new byte[] {1});
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What the leaks need of an ORM. */
    interface Orm<S> {

        int count(S session);

        void fail(S session);

        Iterator<Integer> walk(S session);

        void with(S session, Work work);

        void close(S session);
    }

    /** Something that is done with a session's connection. */
    interface Work {
        void with(Connection connection) throws SQLException;
    }
}
