package dev.poolwright.dialect.clean;

import dev.poolwright.dialect.driver.DriverCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** One message, as one transaction: what {@code DISCARD ALL} does, but for the driver's prepared statements. */
public final class PostgresCleaner extends SessionCleaner {

    /**
     * {@code RESET ALL} leaves the role alone; {@code SET SESSION AUTHORIZATION DEFAULT} sets it to none, which is not what
     * it was if the server gives this user one.
     */
    private static final String RESET =
            "SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; CLOSE ALL; UNLISTEN *;"
                    + " SELECT pg_catalog.pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES";

    /**
     * The driver notices that its statements are gone. And it remembers the last {@code SET search_path}, to throw them
     * away only when another one comes: the next borrower's must be another one.
     */
    private static final String PLANS = "; DEALLOCATE ALL; SET search_path TO DEFAULT";

    private static final String SETTINGS =
            "SELECT name, setting FROM pg_catalog.pg_settings WHERE context <> 'internal'"
                    + " UNION ALL SELECT 'current_user', current_user UNION ALL SELECT 'session_user', session_user";

    /** Whether the driver notices that its prepared statements are gone; those before 9.4.1210 do not. */
    static final ClassValue<DriverCode.Path> FLUSHES = new ClassValue<DriverCode.Path>() {
        @Override
        protected DriverCode.Path computeValue(Class<?> driverClass) {
            return executor(driverClass, "QueryExecutorBase.isFlushCacheOnDeallocate");
        }
    };

    /** What was sent to channels that nobody listens to any more waits in the driver. Takes it out, by reading it. */
    static final ClassValue<DriverCode.Path> NOTIFICATIONS = new ClassValue<DriverCode.Path>() {
        @Override
        protected DriverCode.Path computeValue(Class<?> driverClass) {
            return executor(driverClass, "QueryExecutor.getNotifications");
        }
    };

    private static DriverCode.Path executor(Class<?> driverClass, String method) {
        return DriverCode.Path.of(
                driverClass,
                new String[] {"org.postgresql.core.BaseConnection.getQueryExecutor", "org.postgresql.core." + method});
    }

    @Override
    Map<String, String> settings(Connection raw) throws SQLException {
        return pairs(raw, SETTINGS);
    }

    @Override
    void assign(StringBuilder sql, String name, String value) {
        sql.append(sql.length() == 0 ? "" : "; ");
        if (value.indexOf(',') >= 0) {
            // SET takes what stands between quotes for one name: a list of schemas would become the name of one.
            sql.append("SELECT pg_catalog.set_config(")
                    .append(quoted(name))
                    .append(", ")
                    .append(quoted(value))
                    .append(", false)");
            return;
        }
        sql.append("SET ").append(name).append(" = ").append(quoted(value));
    }

    @Override
    boolean reset(Connection raw, boolean plans, boolean catalog, String settings) throws SQLException {
        if (plans && !Boolean.TRUE.equals(FLUSHES.get(raw.getClass()).from(raw))) {
            return false;
        }
        execute(raw, RESET + (plans ? PLANS : "") + (settings.isEmpty() ? "" : "; " + settings));
        return NOTIFICATIONS.get(raw.getClass()).from(raw) != null;
    }
}
