package com.acme.trouble;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Eight threads that borrow, work, close, close each other's connections and use what is closed. Each transaction writes
 * its own number twice, so a call that reached somebody else's transaction shows in the table.
 */
public final class Crowd {

    private static final String URL = "jdbc:h2:mem:crowd;DB_CLOSE_DELAY=-1";
    private static final int THREADS = 8;

    private final AtomicReferenceArray<Connection> lent = new AtomicReferenceArray<>(THREADS);
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong foreignCloses = new AtomicLong();
    private final Set<Long> committed = ConcurrentHashMap.newKeySet();
    private final Set<Long> unknown = ConcurrentHashMap.newKeySet();
    private final Set<String> surprises = ConcurrentHashMap.newKeySet();
    private final long end;

    private Crowd(long millis) {
        end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Argument: how many milliseconds. */
    public static void main(String[] arguments) throws Exception {
        new Crowd(Long.parseLong(arguments[0])).run();
    }

    private void run() throws Exception {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("create table work (number bigint, step int)");
        }
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int place = i;
            threads[i] = new Thread(() -> work(place));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("surprises: " + surprises);
        System.out.println("rows are those that were committed: " + rowsAreCommitted());
        System.out.println("foreign closes: " + (foreignCloses.get() > 100));
        System.out.println("commits: " + (committed.size() > 100));
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection(URL, "sa", "");
    }

    private void work(int place) {
        SplittableRandom random = new SplittableRandom(place);
        while (System.nanoTime() < end) {
            long number = numbers.incrementAndGet();
            PreparedStatement insert = null;
            try (Connection connection = open()) {
                if (!connection.getAutoCommit()) {
                    surprises.add("borrowed in somebody's transaction");
                }
                lent.set(place, connection);
                connection.setAutoCommit(false);
                insert = connection.prepareStatement("insert into work values (?, ?)");
                write(insert, number, 1);
                closeSomebodys(random);
                write(insert, number, 2);
                if (random.nextBoolean()) {
                    commit(connection, number);
                }
            } catch (SQLException closedBySomebody) {
                // That is what this is about.
            } catch (RuntimeException surprise) {
                surprises.add(surprise.toString());
            }
            useStale(insert, number);
        }
    }

    private static void write(PreparedStatement insert, long number, int step) throws SQLException {
        insert.setLong(1, number);
        insert.setInt(2, step);
        insert.executeUpdate();
    }

    private void commit(Connection connection, long number) throws SQLException {
        unknown.add(number);
        connection.commit();
        committed.add(number);
        unknown.remove(number);
    }

    private void closeSomebodys(SplittableRandom random) throws SQLException {
        if (random.nextInt(4) == 0) {
            Connection somebodys = lent.get(random.nextInt(THREADS));
            if (somebodys != null && !somebodys.isClosed()) {
                somebodys.close();
                foreignCloses.incrementAndGet();
            }
        }
    }

    private void useStale(PreparedStatement insert, long number) {
        if (insert == null) {
            return;
        }
        try {
            write(insert, number, 3);
            surprises.add("a statement worked after the close of its connection");
        } catch (SQLException refused) {
            // As it should be.
        }
    }

    private boolean rowsAreCommitted() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select number, count(*), min(step), max(step) from work group by number")) {
            Set<Long> found = new HashSet<>();
            while (rows.next()) {
                if (rows.getInt(2) != 2 || rows.getInt(3) != 1 || rows.getInt(4) != 2) {
                    System.out.println("not its own: " + rows.getLong(1));
                    return false;
                }
                found.add(rows.getLong(1));
            }
            Set<Long> lost = new HashSet<>(committed);
            lost.removeAll(found);
            found.removeAll(committed);
            found.removeAll(unknown);
            return lost.isEmpty() && found.isEmpty();
        }
    }
}
