package com.acme.sweep;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.xml.transform.stream.StreamSource;

/** A value or an exception as text that is the same in every run: read out as deep as it goes, without addresses. */
final class Outcome {

    private static final int MOST_ROWS = 30;
    private static final int MOST_BYTES = 200;
    private static final int MOST_CAUSES = 4;
    /** PostgreSQL's own numbers for what was created are from here on. */
    private static final long FIRST_OID = 16_000;

    private static final long LAST_OID = 200_000;

    private final Case around;

    Outcome(Case around) {
        this.around = around;
    }

    /** What comes of it: the value, or the exception with everything that belongs to it. */
    String of(Callable<?> step) {
        try {
            return text(step.call());
        } catch (Throwable failure) {
            return "threw " + thrown(failure, 0);
        }
    }

    String text(Object value) throws Exception {
        String name = value == null ? "null" : around.nameOf(value);
        if (name != null) {
            return name;
        }
        if (value instanceof Boolean || value instanceof Number || value instanceof Character) {
            return value.getClass().getSimpleName() + " " + number(value);
        }
        if (value instanceof String string) {
            return '"' + plain(string) + '"';
        }
        if (value instanceof byte[] bytes) {
            return hex(bytes);
        }
        if (value.getClass().isArray()) {
            StringBuilder text =
                    new StringBuilder(value.getClass().getComponentType().getSimpleName()).append('[');
            for (int i = 0; i < Array.getLength(value); i++) {
                text.append(i == 0 ? "" : ", ").append(text(Array.get(value, i)));
            }
            return text.append(']').toString();
        }
        String ofDatabase = databaseObject(value);
        return ofDatabase != null ? ofDatabase : otherObject(value);
    }

    private String number(Object value) {
        boolean oid = around.database.isPostgres()
                && (value instanceof Long || value instanceof Integer)
                && ((Number) value).longValue() >= FIRST_OID
                && ((Number) value).longValue() < LAST_OID;
        return oid ? "oid" : value.toString();
    }

    private String databaseObject(Object value) throws Exception {
        if (value instanceof ResultSet rows) {
            return rows(rows);
        }
        if (value instanceof Statement statement) {
            return jdbcType(value) + "{" + of(statement::getResultSetType) + ", "
                    + of(statement::getResultSetConcurrency) + ", " + of(statement::getResultSetHoldability) + ", of "
                    + of(statement::getConnection) + "}";
        }
        if (value instanceof Connection connection) {
            return "Connection{" + connection.isClosed() + "}";
        }
        if (value instanceof ResultSetMetaData columns) {
            return "ResultSetMetaData{" + columns(columns) + "}";
        }
        if (value instanceof ParameterMetaData parameters) {
            return "ParameterMetaData{" + parameters.getParameterCount() + ", "
                    + of(() -> parameters.getParameterTypeName(1)) + "}";
        }
        if (value instanceof DatabaseMetaData about) {
            return "DatabaseMetaData{" + about.getDatabaseProductName() + ", of " + text(about.getConnection()) + "}";
        }
        if (value instanceof Savepoint savepoint) {
            return "Savepoint{" + of(savepoint::getSavepointName) + "}";
        }
        if (value instanceof Blob blob) {
            return "Blob{" + of(blob::length) + ", " + of(() -> blob.getBytes(1, MOST_BYTES)) + "}";
        }
        if (value instanceof Clob clob) {
            return jdbcType(value) + "{" + of(clob::length) + ", " + of(() -> clob.getSubString(1, MOST_BYTES)) + "}";
        }
        if (value instanceof java.sql.Array array) {
            return "Array{" + of(array::getBaseTypeName) + ", " + of(array::getArray) + "}";
        }
        if (value instanceof SQLXML xml) {
            return "SQLXML{" + of(xml::getString) + "}";
        }
        if (value instanceof Struct struct) {
            return "Struct{" + of(struct::getSQLTypeName) + ", " + of(struct::getAttributes) + "}";
        }
        return value instanceof Throwable failure ? thrown(failure, 0) : null;
    }

    private String otherObject(Object value) throws Exception {
        if (value instanceof InputStream in) {
            return "stream " + hex(in.readNBytes(MOST_BYTES));
        }
        if (value instanceof Reader reader) {
            char[] text = new char[MOST_BYTES];
            int length = reader.read(text);
            return "reader \"" + (length < 0 ? "" : new String(text, 0, length)) + '"';
        }
        if (value instanceof OutputStream out) {
            out.write("out".getBytes(StandardCharsets.US_ASCII));
            out.close();
            return "written stream";
        }
        if (value instanceof Writer writer) {
            writer.write("out");
            writer.close();
            return "written writer";
        }
        if (value instanceof StreamSource source) {
            return "StreamSource of "
                    + (source.getReader() != null ? text(source.getReader()) : text(source.getInputStream()));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sorted.put(String.valueOf(entry.getKey()), text(entry.getValue()));
            }
            return "Map" + sorted;
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        return value.getClass().getName() + " " + plain(value.toString());
    }

    /** The rows from where the cursor is. */
    private String rows(ResultSet rows) throws Exception {
        StringBuilder text = new StringBuilder("ResultSet{")
                .append(of(rows::getType))
                .append(", ")
                .append(of(rows::getConcurrency))
                .append(", ")
                .append(of(rows::getHoldability))
                .append(", of ")
                .append(of(rows::getStatement))
                .append(", ")
                .append(columns(rows.getMetaData()));
        int count = rows.getMetaData().getColumnCount();
        int read = 0;
        while (read < MOST_ROWS && rows.next()) {
            text.append(" |");
            for (int column = 1; column <= count; column++) {
                int at = column;
                text.append(' ').append(of(() -> rows.getObject(at))).append(';');
            }
            read++;
        }
        return text.append('}').toString();
    }

    private static String columns(ResultSetMetaData columns) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            text.append(column == 1 ? "" : ", ")
                    .append(columns.getColumnLabel(column))
                    .append(' ')
                    .append(columns.getColumnTypeName(column));
        }
        return text.toString();
    }

    /** The most special interface of JDBC it has. */
    private static String jdbcType(Object value) {
        Class<?> best = Object.class;
        for (Class<?> type : interfaces(value.getClass())) {
            if (type.getName().startsWith("java.sql.") && best.isAssignableFrom(type)) {
                best = type;
            }
        }
        return best.getSimpleName();
    }

    /** Everything public that an application may cast it to, by name; without what the agent adds. */
    static String types(Object value) {
        return interfaces(value.getClass()).stream()
                .map(Class::getName)
                .filter(name -> !name.startsWith("dev.poolwright."))
                .collect(Collectors.joining(", "));
    }

    private static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> all = new TreeSet<>((one, other) -> one.getName().compareTo(other.getName()));
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            collect(List.of(level.getInterfaces()), all);
        }
        return all;
    }

    private static void collect(List<Class<?>> types, Set<Class<?>> all) {
        for (Class<?> type : types) {
            if (java.lang.reflect.Modifier.isPublic(type.getModifiers())
                    && type.getModule().isExported(type.getPackageName())) {
                all.add(type);
            }
            collect(List.of(type.getInterfaces()), all);
        }
    }

    private String thrown(Throwable failure, int depth) {
        Throwable cause = failure;
        if (cause instanceof java.lang.reflect.InvocationTargetException) {
            cause = cause.getCause();
        }
        StringBuilder text = new StringBuilder(cause.getClass().getName());
        if (cause instanceof SQLException sql) {
            text.append('[')
                    .append(sql.getSQLState())
                    .append(' ')
                    .append(sql.getErrorCode())
                    .append(']');
        }
        try {
            if (cause instanceof BatchUpdateException batch) {
                text.append(text(batch.getUpdateCounts()));
            }
            if (cause instanceof SQLClientInfoException info) {
                text.append(info.getFailedProperties());
            }
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        text.append(' ').append(plain(String.valueOf(cause.getMessage())));
        if (depth == MOST_CAUSES) {
            return text.append(" ...").toString();
        }
        if (cause.getCause() != null) {
            text.append("; caused by ").append(thrown(cause.getCause(), depth + 1));
        }
        if (cause instanceof SQLException sql && sql.getNextException() != null) {
            text.append("; next ").append(thrown(sql.getNextException(), depth + 1));
        }
        for (Throwable suppressed : cause.getSuppressed()) {
            text.append("; suppressed ").append(thrown(suppressed, depth + 1));
        }
        return text.toString();
    }

    private static String hex(byte[] bytes) {
        return "bytes " + HexFormat.of().formatHex(bytes);
    }

    /** Without addresses, running numbers, random names and line ends. */
    static String plain(String text) {
        return text.replaceAll("@[0-9a-f]{3,}", "@address")
                .replaceAll(
                        "\\b(conn|stat|prep|call|rs|dbMeta|rsMeta|pMeta|ps|blob|clob|array|ar|xml|SQLXML|sp)\\d+\\b",
                        "$1#")
                .replaceAll("\\(conn=\\d+\\)", "(conn)")
                .replaceAll("\\((XID|SESSIONID) = \\d+\\)", "($1)")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "uuid")
                .replaceAll("\\bSQL\\d{10,}\\b", "SQL#")
                .replaceAll("_\\d{5}\\b", "_oid")
                .replace("\r", "")
                .replace("\n", " / ");
    }
}
