package com.acme.measured;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/**
 * A day's work on PostgreSQL whose figures are known, with a pool of three connections: ten commits and one that fails, two
 * rollbacks, three forgotten connections, and in the end all three lent and one thread that waits.
 */
public final class Day {

    /** The mapper. */
    public interface Entries {
        @Insert("insert into entry values (#{id})")
        int insert(int id);
    }

    private static final int COMMITS = 10;
    private static final int ROLLBACKS = 2;
    private static final int FORGOTTEN = 3;

    private final String url;

    private Day(String url) {
        this.url = url;
    }

    /** Arguments: the database, and the port of whoever waits for the evening and says when it is over. */
    public static void main(String[] arguments) throws Exception {
        Day day = new Day(arguments[0]);
        day.work();
        day.forget();
        SqlSession open = day.mybatis();
        Connection held = day.connect();
        Connection alsoHeld = day.connect();
        daemon(day::waitForOne);
        try (Socket control = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
                PrintWriter out = new PrintWriter(control.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8))) {
            out.println("evening");
            in.readLine();
        }
        alsoHeld.close();
        held.close();
        open.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "clerk", "pencil");
    }

    private void work() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table entry (id int unique deferrable initially deferred)");
            connection.setAutoCommit(false);
            for (int i = 0; i < COMMITS; i++) {
                statement.execute("insert into entry values (" + i + ")");
                connection.commit();
            }
            for (int i = 0; i < ROLLBACKS; i++) {
                statement.execute("insert into entry values (0)");
                connection.rollback();
            }
            Savepoint savepoint = connection.setSavepoint();
            statement.execute("insert into entry values (0)");
            connection.rollback(savepoint);
            failToCommit(connection, statement);
            statement.execute("set search_path = public");
            connection.commit();
        }
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("insert into entry values (?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 3; i++) {
                insert.setInt(1, 100 + i);
                insert.addBatch();
            }
            insert.executeBatch();
            connection.setAutoCommit(true);
            connection.setAutoCommit(false);
            insert.setInt(1, 200);
            insert.executeUpdate(); // closed without a commit
        }
    }

    private static void failToCommit(Connection connection, Statement statement) throws SQLException {
        statement.execute("insert into entry values (0)");
        try {
            connection.commit();
            throw new IllegalStateException("two of a kind");
        } catch (SQLException twice) {
            connection.rollback();
        }
    }

    /** Without anybody to close them; the collector comes by until the evening. */
    private void forget() throws InterruptedException {
        daemon(() -> {
            while (true) {
                System.gc();
                Thread.sleep(50);
            }
        });
        inThreads(FORGOTTEN, () -> connect().setReadOnly(false));
        // As many at once: until all that were forgotten have been found.
        CyclicBarrier all = new CyclicBarrier(FORGOTTEN);
        inThreads(FORGOTTEN, () -> {
            try (Connection connection = patiently()) {
                connection.setReadOnly(false);
                all.await();
            }
        });
    }

    private Connection patiently() throws SQLException {
        while (true) {
            try {
                return connect();
            } catch (SQLTransientConnectionException notYet) {
                // until one is found
            }
        }
    }

    private static void inThreads(int count, Work work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(daemon(work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** One session that commits a batch, and one that stays open with its connection. */
    private SqlSession mybatis() {
        UnpooledDataSource source = new UnpooledDataSource("org.postgresql.Driver", url, "clerk", "pencil");
        Configuration configuration = new Configuration(new Environment("day", new JdbcTransactionFactory(), source));
        configuration.addMapper(Entries.class);
        SqlSessionFactory factory = new SqlSessionFactoryBuilder().build(configuration);
        try (SqlSession session = factory.openSession(ExecutorType.BATCH)) {
            session.getMapper(Entries.class).insert(1_000);
            session.getMapper(Entries.class).insert(1_001);
            session.commit();
        }
        SqlSession open = factory.openSession();
        open.getMapper(Entries.class).insert(1_002);
        return open;
    }

    /** For ever: whoever gives up asks again. */
    private void waitForOne() {
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException gaveUp) {
                // again
            }
        }
    }

    private static Thread daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception over) {
                throw new IllegalStateException(over);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface Work {
        void run() throws Exception;
    }
}
