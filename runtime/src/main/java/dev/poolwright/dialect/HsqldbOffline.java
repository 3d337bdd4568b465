package dev.poolwright.dialect;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** What HSQLDB's driver answers without its server: rows without LOBs that came as a whole, and descriptions. */
final class HsqldbOffline {

    private HsqldbOffline() {}

    static boolean answers(Object raw) {
        return raw.getClass().getName().equals("org.hsqldb.jdbc.JDBCResultSetMetaData");
    }

    /** Not those of prepared statements, which are kept by the server until they are closed. */
    static boolean rowsOutlive(@Nullable Statement statement, ResultSet rows) throws SQLException {
        return statement != null
                && !(statement instanceof PreparedStatement)
                && !rows.isClosed()
                && rows.getConcurrency() == ResultSet.CONCUR_READ_ONLY
                && rows.getFetchSize() == 0
                && statement.getFetchSize() == 0
                && areValuesHere(rows.getMetaData());
    }

    private static boolean areValuesHere(ResultSetMetaData columns) throws SQLException {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            switch (columns.getColumnType(i)) {
                case Types.ARRAY:
                case Types.BLOB:
                case Types.CLOB:
                case Types.OTHER:
                    return false;
                default:
            }
        }
        return true;
    }

    /** The close of rows may tell the server. */
    static boolean outlivingAnswers(Object raw, String method) {
        return raw.getClass().getName().equals("org.hsqldb.jdbc.JDBCResultSet") && !method.equals("close");
    }
}
