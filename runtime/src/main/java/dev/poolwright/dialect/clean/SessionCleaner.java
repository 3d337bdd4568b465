package dev.poolwright.dialect.clean;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes sessions of one engine new again after SQL text has changed them, and trusts nothing but what it has seen: the
 * first connections whose session was changed are closed, until one that is new has shown what its settings are and one
 * that was reset has been found to have the same. What the driver sets when it connects, and a reset takes away, is
 * learned that way, whatever the driver's version.
 *
 * <p>Safe for any thread.
 */
public abstract class SessionCleaner {

    /** Settings can be changed on the server between the two looks: that is no reason to give up at once. */
    private static final int ATTEMPTS = 3;

    private enum Knowledge {
        /** No session has been changed yet. */
        NOT_NEEDED,
        /** The next new connection is to show its settings. */
        WANTED,
        /** It has; the next reset is to be checked against them. */
        SEEN,
        /** A connection that was reset has been found to be like a new one. */
        PROVEN,
        /** It was not, again and again. */
        IMPOSSIBLE
    }

    private volatile Knowledge knowledge = Knowledge.NOT_NEEDED;
    private volatile Map<String, String> settingsWhenNew = new TreeMap<>();
    private volatile String settingsOfDriver = "";
    private final AtomicInteger failures = new AtomicInteger();

    /** Whether the next connection that is opened is to be shown to {@link #observeNew}. */
    public final boolean wantsNew() {
        return knowledge == Knowledge.WANTED;
    }

    /** Reads the settings of {@code raw}, which nobody has used yet. May leave a transaction open. */
    public final void observeNew(Connection raw) {
        try {
            settingsWhenNew = settings(raw);
            knowledge = Knowledge.SEEN;
        } catch (SQLException | RuntimeException unreadable) {
            giveUp();
        }
    }

    /**
     * Makes the session of {@code raw} new again. No transaction is open, and auto-commit is on.
     *
     * @param plans   whether there may be prepared statements of SQL text, or the driver's may be stale
     * @param catalog whether the default database may be another
     * @return false if that cannot be done, or not proven yet: the connection must be closed
     */
    public final boolean clean(Connection raw, boolean plans, boolean catalog) throws SQLException {
        switch (knowledge) {
            case NOT_NEEDED:
                knowledge = Knowledge.WANTED;
                return false;
            case SEEN:
                return prove(raw);
            case PROVEN:
                return reset(raw, plans, catalog, settingsOfDriver);
            default:
                return false;
        }
    }

    private boolean prove(Connection raw) throws SQLException {
        Map<String, String> expected = settingsWhenNew;
        try {
            mark(raw);
            if (!reset(raw, true, true, "")) {
                giveUp();
                return false;
            }
            String driver = assignments(expected, settings(raw));
            if (!driver.isEmpty()) {
                execute(raw, driver);
            }
            // Libraries that were loaded have settings of their own then, which are as they are when loaded.
            if (!isMarked(raw) && settings(raw).entrySet().containsAll(expected.entrySet())) {
                settingsOfDriver = driver;
                knowledge = Knowledge.PROVEN;
                return true;
            }
        } catch (RuntimeException otherVersion) {
            knowledge = Knowledge.IMPOSSIBLE;
            return false;
        }
        giveUp();
        return false;
    }

    /** For this time, or for good. */
    private void giveUp() {
        knowledge = failures.incrementAndGet() < ATTEMPTS ? Knowledge.WANTED : Knowledge.IMPOSSIBLE;
    }

    private String assignments(Map<String, String> expected, Map<String, String> found) {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, String> each : expected.entrySet()) {
            if (!each.getValue().equals(found.get(each.getKey()))) {
                assign(all, each.getKey(), each.getValue());
            }
        }
        return all.toString();
    }

    /** Changes something that a reset must undo, to see whether there was one. */
    void mark(Connection raw) throws SQLException {}

    /** Whether what {@link #mark} changed still is. */
    boolean isMarked(Connection raw) throws SQLException {
        return false;
    }

    /** The settings of a session as names and values; what differs between any two of them is left out. */
    abstract Map<String, String> settings(Connection raw) throws SQLException;

    /** Adds to {@code sql} what gives the setting {@code name} its {@code value}. */
    abstract void assign(StringBuilder sql, String name, String value);

    /**
     * Undoes all that SQL text can have done.
     *
     * @param settings SQL to be run as well, after the rest; may be empty
     * @return false if that is impossible with this driver or this session
     */
    abstract boolean reset(Connection raw, boolean plans, boolean catalog, String settings) throws SQLException;

    public static void execute(Connection raw, String sql) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows of a query with two columns, names in lower case. */
    static Map<String, String> pairs(Connection raw, String query) throws SQLException {
        Map<String, String> all = new TreeMap<>();
        try (Statement statement = raw.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                all.put(rows.getString(1), text(rows.getString(2)));
            }
        }
        return all;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** {@code value} between quotes; no backslash may be in it, as servers disagree about those. */
    static String quoted(String value) {
        if (value.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("a setting with a backslash");
        }
        return "'" + value.replace("'", "''") + "'";
    }
}
