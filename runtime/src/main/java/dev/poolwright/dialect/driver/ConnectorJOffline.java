package dev.poolwright.dialect.driver;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What Connector/J answers without a server: LOBs, which are copies, descriptions, and what it says of rows that are
 * closed. Its connection closes its statements; the rows of a description are of none that it knows.
 */
public final class ConnectorJOffline {

    private ConnectorJOffline() {}

    public static boolean answers(Object raw) {
        switch (raw.getClass().getName()) {
            case "com.mysql.cj.jdbc.Blob":
            case "com.mysql.cj.jdbc.Clob":
            case "com.mysql.cj.jdbc.NClob":
            case "com.mysql.cj.jdbc.result.ResultSetMetaData":
                return true;
            default:
                return isRows(raw) && isClosed((ResultSet) raw);
        }
    }

    private static boolean isRows(Object raw) {
        return raw.getClass().getName().equals("com.mysql.cj.jdbc.result.ResultSetImpl");
    }

    private static boolean isClosed(ResultSet rows) {
        try {
            return rows.isClosed();
        } catch (SQLException untold) {
            return false;
        }
    }

    public static boolean rowsOutlive(@Nullable Statement statement, ResultSet rows) throws SQLException {
        return statement == null && isRows(rows) && !rows.isClosed();
    }

    public static boolean outlivingAnswers(Object raw, String method) {
        return isRows(raw) && !method.equals("getWarnings");
    }
}
