package dev.poolwright.dialect.driver;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What MariaDB's driver answers without a server: all values and their descriptions, and rows that were read as a whole. */
public final class MariaDbOffline {

    private MariaDbOffline() {}

    public static boolean answers(Object raw, String method) {
        if (raw instanceof Statement) {
            return answers((Statement) raw, method);
        }
        if (isRows(raw)) {
            return !method.equals("getWarnings") && !method.equals("close");
        }
        switch (raw.getClass().getName()) {
            case "org.mariadb.jdbc.MariaDbBlob":
            case "org.mariadb.jdbc.MariaDbClob":
            case "org.mariadb.jdbc.client.result.ResultSetMetaData":
            case "org.mariadb.jdbc.ParameterMetaData":
            case "org.mariadb.jdbc.SimpleParameterMetaData":
                return true;
            case "org.mariadb.jdbc.plugin.array.FloatArray":
                return !method.equals("getResultSet");
            default:
                return false;
        }
    }

    /** Not those that are still coming in, and not those that can be changed, which prepare statements for it. */
    public static boolean rowsOutlive(@Nullable Statement statement, ResultSet rows) throws SQLException {
        return isRows(rows) && !rows.isClosed() && (statement == null || holdsNothing(statement));
    }

    private static boolean isRows(Object raw) {
        return raw.getClass().getName().equals("org.mariadb.jdbc.client.result.CompleteResult");
    }

    private static boolean isServerPrepared(Statement statement) {
        return statement.getClass().getName().equals("org.mariadb.jdbc.ServerPreparedStatement");
    }

    /** Whether it was not prepared on the server. */
    private static boolean holdsNothing(Statement statement) {
        String name = statement.getClass().getName();
        return name.equals("org.mariadb.jdbc.Statement") || name.equals("org.mariadb.jdbc.ClientPreparedStatement");
    }

    /** What it keeps of parameters and settings; it does not ask whether it is closed. */
    private static boolean answers(Statement statement, String method) {
        // Not those of calls: what their parameters are called they ask the server.
        if (!holdsNothing(statement) && !isServerPrepared(statement)) {
            return false;
        }
        switch (method) {
            case "addBatch":
            case "clearWarnings":
            case "getFetchDirection":
            case "getMaxFieldSize":
            case "getResultSetHoldability":
            case "getResultSetType":
                return true;
            case "setCursorName":
            case "setEscapeProcessing":
            case "setLargeMaxRows":
            case "setMaxRows":
            case "setPoolable":
                return false;
            default:
                return method.startsWith("set");
        }
    }

    /** The close of a statement would take the lock of its connection. */
    public static boolean outlivingAnswers(Object raw, String method) {
        if (isRows(raw)) {
            return method.equals("close");
        }
        switch (method) {
            case "clearBatch":
            case "clearParameters":
            case "getFetchSize":
            case "getLargeUpdateCount":
            case "getMaxRows":
            case "getQueryTimeout":
            case "getResultSet":
            case "getResultSetConcurrency":
            case "getUpdateCount":
            case "isCloseOnCompletion":
            case "isPoolable":
                return raw instanceof Statement;
            default:
                return false;
        }
    }
}
