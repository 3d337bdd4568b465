package dev.poolwright.jdbc;

import dev.poolwright.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the session properties of one physical connection were when it was new, read just before they are first
 * changed, and how to bring them back.
 *
 * <p>Kept as long as the connection: every borrow gets it in that state, so one reading is enough. Any thread of a
 * borrower's may remember; restoring is for the one that closes, when no call is in flight.
 */
final class SessionDefaults {

    static final int AUTO_COMMIT = 1;
    static final int READ_ONLY = 1 << 1;
    static final int ISOLATION = 1 << 2;
    static final int CATALOG = 1 << 3;
    static final int SCHEMA = 1 << 4;
    static final int HOLDABILITY = 1 << 5;
    static final int TYPE_MAP = 1 << 6;
    static final int NETWORK_TIMEOUT = 1 << 7;
    static final int CLIENT_INFO = 1 << 8;

    /** Of statements; a property of the session with some databases. */
    static final int QUERY_TIMEOUT = 1 << 9;

    /** Those that SQL text can change as well. */
    static final int OF_SERVER = READ_ONLY | ISOLATION | CATALOG | SCHEMA | CLIENT_INFO | QUERY_TIMEOUT;

    private static final int ALL = (QUERY_TIMEOUT << 1) - 1;

    private final Object lock = new Object();
    private final @Nullable Object[] values = new Object[10];
    private volatile int known;

    /** Whether {@code property} has been read. */
    boolean knows(int property) {
        return (known & property) != 0;
    }

    /** Reads {@code property} if nobody has yet. */
    void remember(int property, Connection raw) throws SQLException {
        if ((known & property) != 0) {
            return;
        }
        Object value = read(property, raw); // not under the lock: it may wait for a call of another thread
        synchronized (lock) {
            // Whoever changes a property has kept what it was before: a thread that read it later kept nothing.
            if ((known & property) == 0) {
                values[Integer.numberOfTrailingZeros(property)] = value;
                known |= property;
            }
        }
    }

    /** What {@code property} was, which has been read. */
    @Nullable
    Object value(int property) {
        synchronized (lock) {
            return values[Integer.numberOfTrailingZeros(property)];
        }
    }

    /** What {@code property} is now. */
    static @Nullable Object read(int property, Connection raw) throws SQLException {
        switch (property) {
            case READ_ONLY:
                return raw.isReadOnly();
            case ISOLATION:
                return raw.getTransactionIsolation();
            case CATALOG:
                return raw.getCatalog();
            case SCHEMA:
                return raw.getSchema();
            case HOLDABILITY:
                return raw.getHoldability();
            case TYPE_MAP:
                return copy(raw.getTypeMap());
            case NETWORK_TIMEOUT:
                return raw.getNetworkTimeout();
            case CLIENT_INFO:
                Properties copy = new Properties();
                Properties now = raw.getClientInfo();
                if (now != null) {
                    copy.putAll(now);
                }
                return copy;
            case QUERY_TIMEOUT:
                try (Statement statement = raw.createStatement()) {
                    return statement.getQueryTimeout();
                }
            default:
                throw new IllegalStateException("not a session property: " + property);
        }
    }

    /**
     * Brings back every property in {@code dirty}. No transaction may be open, and auto-commit is restored already:
     * otherwise some drivers refuse, and others would commit.
     */
    void restore(int dirty, Connection raw, Dialect dialect) throws SQLException {
        for (int left = dirty & ALL & ~AUTO_COMMIT; left != 0; left &= left - 1) {
            restore(Integer.lowestOneBit(left), values[Integer.numberOfTrailingZeros(left)], raw, dialect);
        }
    }

    /** {@code value} is of the type that {@link #read} returns for {@code property}. */
    @SuppressWarnings({"unchecked", "NullAway"})
    private static void restore(int property, @Nullable Object value, Connection raw, Dialect dialect)
            throws SQLException {
        switch (property) {
            case READ_ONLY:
                raw.setReadOnly((Boolean) value);
                break;
            case ISOLATION:
                raw.setTransactionIsolation((Integer) value);
                break;
            case CATALOG:
                raw.setCatalog((String) value);
                break;
            case SCHEMA:
                dialect.restoreSchema(raw, (String) value);
                break;
            case HOLDABILITY:
                raw.setHoldability((Integer) value);
                break;
            case TYPE_MAP:
                raw.setTypeMap(copy((Map<String, Class<?>>) value));
                break;
            case NETWORK_TIMEOUT:
                raw.setNetworkTimeout(DIRECT, (Integer) value);
                break;
            case CLIENT_INFO:
                restoreClientInfo((Properties) value, raw);
                break;
            case QUERY_TIMEOUT:
                try (Statement statement = raw.createStatement()) {
                    statement.setQueryTimeout((Integer) value);
                }
                break;
            default:
                throw new IllegalStateException("not a session property: " + property);
        }
    }

    /** Not all drivers take what is missing for removed. */
    private static void restoreClientInfo(Properties value, Connection raw) throws SQLException {
        raw.setClientInfo(value);
        Properties now = raw.getClientInfo();
        if (now == null) {
            return;
        }
        for (String name : now.stringPropertyNames()) {
            if (value.getProperty(name) == null && now.getProperty(name) != null) {
                raw.setClientInfo(name, null);
            }
        }
        Properties left = raw.getClientInfo();
        if (left != null && !value.stringPropertyNames().containsAll(left.stringPropertyNames())) {
            // The next borrower must not see it; whoever gives the connection back closes it on this.
            throw new SQLException("the driver keeps client info that a new connection does not have");
        }
    }

    /** Drivers hand out the map they use, and applications change it. */
    private static @Nullable Map<String, Class<?>> copy(@Nullable Map<String, Class<?>> map) {
        return map == null ? null : new HashMap<>(map);
    }

    /** Runs what a driver wants run, now. */
    private static final Executor DIRECT = new Executor() {
        @Override
        public void execute(Runnable command) {
            command.run();
        }
    };
}
