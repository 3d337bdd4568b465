package dev.poolwright.jdbc;

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
 * <p>Kept as long as the connection: every borrow gets it in that state, so one reading is enough. Belongs to the
 * borrower.
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

    private int known;
    private boolean readOnly;
    private int isolation;
    private @Nullable String catalog;
    private @Nullable String schema;
    private int holdability;
    private @Nullable Map<String, Class<?>> typeMap;
    private int networkTimeout;
    private @Nullable Properties clientInfo;
    private int queryTimeout;

    /** Reads {@code property} if nobody has yet. */
    void remember(int property, Connection raw) throws SQLException {
        if ((known & property) != 0) {
            return;
        }
        switch (property) {
            case READ_ONLY:
                readOnly = raw.isReadOnly();
                break;
            case ISOLATION:
                isolation = raw.getTransactionIsolation();
                break;
            case CATALOG:
                catalog = raw.getCatalog();
                break;
            case SCHEMA:
                schema = raw.getSchema();
                break;
            case HOLDABILITY:
                holdability = raw.getHoldability();
                break;
            case TYPE_MAP:
                typeMap = copy(raw.getTypeMap());
                break;
            case NETWORK_TIMEOUT:
                networkTimeout = raw.getNetworkTimeout();
                break;
            case CLIENT_INFO:
                Properties copy = new Properties();
                Properties now = raw.getClientInfo();
                if (now != null) {
                    copy.putAll(now);
                }
                clientInfo = copy;
                break;
            case QUERY_TIMEOUT:
                try (Statement statement = raw.createStatement()) {
                    queryTimeout = statement.getQueryTimeout();
                }
                break;
            default:
                throw new IllegalStateException("not a session property: " + property);
        }
        known |= property;
    }

    /**
     * Brings back every property in {@code dirty}. No transaction may be open, and auto-commit is restored already:
     * otherwise some drivers refuse, and others would commit.
     */
    void restore(int dirty, Connection raw) throws SQLException {
        if ((dirty & READ_ONLY) != 0) {
            raw.setReadOnly(readOnly);
        }
        if ((dirty & ISOLATION) != 0) {
            raw.setTransactionIsolation(isolation);
        }
        if ((dirty & CATALOG) != 0) {
            raw.setCatalog(catalog);
        }
        if ((dirty & SCHEMA) != 0) {
            raw.setSchema(schema);
        }
        if ((dirty & HOLDABILITY) != 0) {
            raw.setHoldability(holdability);
        }
        if ((dirty & TYPE_MAP) != 0) {
            raw.setTypeMap(copy(typeMap));
        }
        if ((dirty & NETWORK_TIMEOUT) != 0) {
            raw.setNetworkTimeout(DIRECT, networkTimeout);
        }
        if ((dirty & CLIENT_INFO) != 0) {
            raw.setClientInfo(clientInfo);
        }
        if ((dirty & QUERY_TIMEOUT) != 0) {
            try (Statement statement = raw.createStatement()) {
                statement.setQueryTimeout(queryTimeout);
            }
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
