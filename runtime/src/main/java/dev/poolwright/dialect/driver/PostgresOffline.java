package dev.poolwright.dialect.driver;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What pgjdbc answers without a server. It looks up the types it does not know from the start, and what the columns of a
 * table are called, when somebody asks: those are left out.
 */
public final class PostgresOffline {

    private static final Set<String> OF_DESCRIPTION = names(
            "getColumnCount getColumnLabel getColumnName isCaseSensitive isSearchable isSigned getColumnDisplaySize"
                    + " getPrecision getScale getSchemaName getCatalogName isReadOnly isWritable isDefinitelyWritable"
                    + " getFormat");

    /** What would be asked of the server even where all types are known. */
    private static final Set<String> ASKED_OF_DESCRIPTION =
            names("getTableName isAutoIncrement isNullable getColumnTypeName getBaseTableName getBaseSchemaName"
                    + " getBaseColumnName");

    private static final Set<String> OF_PARAMETERS =
            names("getParameterCount getParameterMode getPrecision getScale isNullable isSigned");

    /** What every statement and every result keeps, closed or not. */
    private static final Set<String> OF_ALL =
            names("getPrepareThreshold isUseServerPrepare getAdaptiveFetch setAdaptiveFetch getRefCursor");

    private static final Set<String> OF_ARRAY = names("getArray getBaseType getBaseTypeName free");

    private static final Set<String> OF_STATEMENT = names(
            "getMaxRows setMaxRows getLargeMaxRows setLargeMaxRows getMaxFieldSize setMaxFieldSize getQueryTimeout"
                    + " setQueryTimeout getFetchSize setFetchSize getFetchDirection setFetchDirection"
                    + " getResultSetType getResultSetConcurrency getResultSetHoldability getUpdateCount"
                    + " getLargeUpdateCount getResultSet getMoreResults getWarnings clearWarnings isPoolable"
                    + " setPoolable isCloseOnCompletion closeOnCompletion setEscapeProcessing clearBatch"
                    + " clearParameters close");

    /** The arrays that every version knows from the start, by PostgreSQL's numbers. */
    private static final int[] KNOWN_ARRAYS = {
        1000, // bool
        1001, // bytea
        1005, // int2
        1007, // int4
        1009, // text
        1014, // bpchar
        1015, // varchar
        1016, // int8
        1021, // float4
        1022, // float8
        1115, // timestamp
        1182, // date
        1183, // time
        1185, // timestamptz
        1231 // numeric
    };

    private static final ClassValue<DriverCode.@Nullable Field> ARRAY_TYPE =
            new ClassValue<DriverCode.@Nullable Field>() {
                @Override
                protected DriverCode.@Nullable Field computeValue(Class<?> arrayClass) {
                    return DriverCode.Field.of(arrayClass, "oid");
                }
            };

    private PostgresOffline() {}

    public static boolean answers(Object raw, String method) {
        if (OF_ALL.contains(method)) {
            return true;
        }
        switch (raw.getClass().getName()) {
            case "org.postgresql.jdbc.PgResultSetMetaData":
                return OF_DESCRIPTION.contains(method);
            case "org.postgresql.jdbc.PgParameterMetaData":
                return OF_PARAMETERS.contains(method);
            case "org.postgresql.jdbc.PgSQLXML":
                return true;
            case "org.postgresql.jdbc.PgArray":
                return OF_ARRAY.contains(method) && isOfKnownType(raw);
            default:
                return false;
        }
    }

    private static boolean isOfKnownType(Object array) {
        DriverCode.Field type = ARRAY_TYPE.get(array.getClass());
        Object number = type == null ? null : type.of(array);
        return number instanceof Integer && Arrays.binarySearch(KNOWN_ARRAYS, (Integer) number) >= 0;
    }

    public static boolean rowsOutlive(@Nullable Statement statement, ResultSet rows) throws SQLException {
        if (!isRows(rows) || rows.isClosed() || rows.getConcurrency() != ResultSet.CONCUR_READ_ONLY) {
            return false;
        }
        boolean inMemory = statement == null || isWhole(statement, rows);
        // A prepared statement goes back to the driver's cache when it is closed: not for nothing is that given up.
        // One that was prepared on the server as well is dropped there once it is garbage, as without a pool.
        boolean wanted = !(statement instanceof PreparedStatement) || !rows.isAfterLast();
        return inMemory && wanted && areTypesKnown(rows.getMetaData());
    }

    /** Whether the driver opened no cursor for them. */
    private static boolean isWhole(Statement statement, ResultSet rows) throws SQLException {
        return (rows.getFetchSize() == 0 && statement.getFetchSize() == 0)
                || statement.getResultSetType() != ResultSet.TYPE_FORWARD_ONLY
                || statement.getResultSetHoldability() == ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    private static boolean isRows(Object raw) {
        return raw.getClass().getName().equals("org.postgresql.jdbc.PgResultSet");
    }

    /** Whether the driver knows these types, once it was made to look them up, and no value is a cursor to be opened. */
    private static boolean areTypesKnown(ResultSetMetaData columns) throws SQLException {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            switch (columns.getColumnType(i)) {
                case Types.REF_CURSOR:
                    return false;
                case Types.OTHER:
                case Types.STRUCT:
                case Types.DISTINCT:
                case Types.ARRAY:
                    if (columns.getColumnClassName(i).equals("java.sql.ResultSet")) {
                        return false;
                    }
                    break;
                default:
            }
        }
        return true;
    }

    public static boolean outlivingAnswers(Object raw, String method) {
        if (isRows(raw)) {
            return true;
        }
        return raw instanceof Statement ? OF_STATEMENT.contains(method) : !ASKED_OF_DESCRIPTION.contains(method);
    }

    static Set<String> names(String separated) {
        return new HashSet<>(Arrays.asList(separated.split(" ")));
    }
}
