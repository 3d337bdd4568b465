package dev.poolwright.dialect.clean;

import dev.poolwright.dialect.driver.DriverCode;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code COM_RESET_CONNECTION}, which each driver sends in its own way, and then what the driver had set. The server
 * forgets variables, temporary tables, locks, prepared statements and the last key, but not the default database.
 */
public final class MySqlCleaner extends SessionCleaner {

    private static final String DATABASE = "database()";

    /** The default database of a new connection; null = not known yet, empty = none. */
    private volatile @Nullable String database;

    @Override
    Map<String, String> settings(Connection raw) throws SQLException {
        Map<String, String> all = pairs(raw, "SHOW SESSION VARIABLES");
        for (String changing : new String[] {
            "autocommit", // JDBC's own, brought back with the rest of that
            "error_count",
            "identity",
            "in_transaction",
            "insert_id",
            "last_gtid",
            "last_insert_id",
            "pseudo_thread_id",
            "rand_seed1",
            "rand_seed2",
            "timestamp",
            "warning_count"
        }) {
            all.remove(changing);
        }
        for (String name : all.keySet().toArray(new String[0])) {
            if (name.startsWith("gtid_") || name.startsWith("wsrep_")) {
                all.remove(name);
            }
        }
        all.putAll(pairs(raw, "SELECT '" + DATABASE + "', DATABASE()"));
        if (database == null) {
            database = all.get(DATABASE);
        }
        return all;
    }

    @Override
    void assign(StringBuilder sql, String name, String value) {
        if (name.equals(DATABASE)) {
            throw new IllegalStateException("another default database after all");
        }
        sql.append(sql.length() == 0 ? "SET " : ", ")
                .append("@@session.")
                .append(name)
                .append(" = ");
        if (value.isEmpty() && name.startsWith("character_set_")) {
            sql.append("NULL");
        } else {
            sql.append(isNumber(value) ? value : quoted(value));
        }
    }

    private static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == 0)) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    @Override
    void mark(Connection raw) throws SQLException {
        execute(raw, "SET @poolwright = 1");
    }

    @Override
    boolean isMarked(Connection raw) throws SQLException {
        return !pairs(raw, "SELECT 'poolwright', @poolwright").containsValue("");
    }

    @Override
    boolean reset(Connection raw, boolean plans, boolean catalog, String settings) throws SQLException {
        if (catalog && !restoreDatabase(raw)) {
            return false;
        }
        if (!sendReset(raw)) {
            return false;
        }
        if (!settings.isEmpty()) {
            execute(raw, settings);
        }
        return true;
    }

    /** There is no way back to no default database at all. */
    private boolean restoreDatabase(Connection raw) throws SQLException {
        String expected = database;
        String now = pairs(raw, "SELECT '" + DATABASE + "', DATABASE()").get(DATABASE);
        if (expected == null || expected.equals(now)) {
            return expected != null;
        }
        if (expected.isEmpty()) {
            return false;
        }
        raw.setCatalog(expected);
        return true;
    }

    /** False if this driver cannot, or would go on using prepared statements that are gone. */
    private static boolean sendReset(Connection raw) throws SQLException {
        try {
            Class<?> type = raw.getClass();
            if (type.getName().equals("org.mariadb.jdbc.Connection")) {
                Object client = type.getMethod("getClient").invoke(raw);
                Class<?> clients = DriverCode.classOf(raw, "org.mariadb.jdbc.client.Client");
                Class<?> messages = DriverCode.classOf(raw, "org.mariadb.jdbc.message.ClientMessage");
                Object reset = DriverCode.classOf(raw, "org.mariadb.jdbc.message.client.ResetPacket")
                        .getField("INSTANCE")
                        .get(null);
                clients.getMethod("execute", messages, boolean.class).invoke(client, reset, true);
                clients.getMethod("reset").invoke(client); // the driver's prepared statements
                return true;
            }
            if (type.getName().startsWith("com.mysql.cj.")) {
                return resetByConnectorJ(raw);
            }
            return false;
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof SQLException) {
                throw (SQLException) thrown.getCause();
            }
            return false;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
            return false;
        }
    }

    private static boolean resetByConnectorJ(Connection raw) throws ReflectiveOperationException {
        Object properties = DriverCode.classOf(raw, "com.mysql.cj.MysqlConnection")
                .getMethod("getPropertySet")
                .invoke(raw);
        Object prepares = DriverCode.classOf(raw, "com.mysql.cj.conf.PropertySet")
                .getMethod("getBooleanProperty", String.class)
                .invoke(properties, "useServerPrepStmts");
        Object onServer = DriverCode.classOf(raw, "com.mysql.cj.conf.RuntimeProperty")
                .getMethod("getValue")
                .invoke(prepares);
        if (!Boolean.FALSE.equals(onServer)) {
            return false;
        }
        DriverCode.classOf(raw, "com.mysql.cj.jdbc.JdbcConnection")
                .getMethod("resetServerState")
                .invoke(raw);
        return true;
    }
}
