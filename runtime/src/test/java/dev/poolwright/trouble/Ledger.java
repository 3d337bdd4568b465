package dev.poolwright.trouble;

import dev.poolwright.engine.Engine;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import org.postgresql.PGConnection;

/** Accounts between which money is moved by any number of threads; what happens meanwhile is counted. */
final class Ledger {

    static final int ACCOUNTS = 50;
    static final int EACH = 1_000;

    private static final String MOVE = "update account set balance = balance + ? where id = ?";

    private final Engine engine;

    /** Server process of each connection that is borrowed, and who has it. */
    private final Map<Integer, Thread> owners = new ConcurrentHashMap<>();

    final AtomicLong moved = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong ownedTwice = new AtomicLong();
    final LongAccumulator longestCheckOut = new LongAccumulator(Math::max, 0);

    Ledger(Engine engine) {
        this.engine = engine;
    }

    static String[] schema() {
        return new String[] {
            "create table account (id int primary key, balance int not null)",
            "insert into account select i, " + EACH + " from generate_series(1, " + ACCOUNTS + ") i"
        };
    }

    /** One transfer, or a failure of the database. */
    void move() {
        int from = 1 + ThreadLocalRandom.current().nextInt(ACCOUNTS - 1);
        int to = from + 1 + ThreadLocalRandom.current().nextInt(ACCOUNTS - from);
        int amount = ThreadLocalRandom.current().nextInt(-100, 100);
        try (Connection connection = checkOut()) {
            int process = connection.unwrap(PGConnection.class).getBackendPID();
            if (owners.put(process, Thread.currentThread()) != null) {
                ownedTwice.incrementAndGet();
            }
            try {
                connection.setAutoCommit(false);
                // In the order of the accounts, so that no two wait for each other.
                try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
                    add(statement, -amount, from);
                    add(statement, amount, to);
                }
                if (ThreadLocalRandom.current().nextInt(20) > 0) { // else close() has to roll back
                    connection.commit();
                    moved.incrementAndGet();
                }
            } finally {
                owners.remove(process, Thread.currentThread());
            }
        } catch (SQLException trouble) {
            failed.incrementAndGet();
        }
    }

    private Connection checkOut() throws SQLException {
        long start = Ticker.SYSTEM.nanos();
        try {
            return engine.getConnection();
        } finally {
            longestCheckOut.accumulate(Ticker.SYSTEM.nanos() - start);
        }
    }

    private static void add(PreparedStatement statement, int amount, int account) throws SQLException {
        statement.setInt(1, amount);
        statement.setInt(2, account);
        statement.executeUpdate();
    }
}
