package com.acme.sweep;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;

/** Arguments with which a method can succeed on the tables of the sweep. */
final class Arguments {

    static final String QUERY = "select id, name from item order by id";
    static final String PREPARED_QUERY = "select id, name from item where id = ?";
    static final String UPDATE = "update item set name = 'changed' where id < 3";
    static final String INSERT = "insert into made (name) values ('new')";

    private static final byte[] BYTES = {4, 5, 6};
    private static final String TEXT = "five";

    private final Case around;
    private final Method method;

    Arguments(Case around, Method method) {
        this.around = around;
        this.method = method;
    }

    /** One list per way in which it is called. */
    static List<Object[]> of(Case around, Method method, Object target) {
        Arguments arguments = new Arguments(around, method);
        String name = method.getName();
        if (name.equals("unwrap") || name.equals("isWrapperFor")) {
            Class<?> jdbc = Sweep.jdbcTypeOf(target);
            List<Object[]> variants = new ArrayList<>(List.of(new Object[] {jdbc}, new Object[] {String.class}));
            around.database.vendorTypesOf(target).forEach(vendor -> variants.add(new Object[] {vendor}));
            return variants;
        }
        Object[] values = new Object[method.getParameterCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.value(i, method.getParameterTypes()[i]);
        }
        return List.of(new Object[][] {values});
    }

    private boolean declaredBy(Class<?>... types) {
        for (Class<?> type : types) {
            if (method.getDeclaringClass() == type) {
                return true;
            }
        }
        return false;
    }

    private boolean named(String... starts) {
        for (String start : starts) {
            if (method.getName().startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** The kind of value that a getter, setter or updater deals with: the name of a column of table kind. */
    static String kindOf(Method method) {
        String name = method.getName().replaceFirst("^(get|set|update)N?", "").toLowerCase(Locale.ROOT);
        switch (name) {
            case "byte", "short", "int", "object", "null", "ull":
                return "int";
            case "float":
                return "double";
            case "bigdecimal":
                return "decimal";
            case "binarystream":
                return "bytes";
            case "sqlxml":
                return "xml";
            case "boolean", "long", "double", "bytes", "date", "time", "timestamp", "array", "blob", "clob":
                return name;
            default:
                return "text";
        }
    }

    private Object value(int index, Class<?> type) {
        if (type == String.class) {
            return string(index);
        }
        if (type == int.class) {
            return number(index);
        }
        if (type.isPrimitive()) {
            return primitive(index, type);
        }
        try {
            return object(type);
        } catch (SQLException notHere) {
            return null;
        }
    }

    private String string(int index) {
        SweptDatabase database = around.database;
        if (declaredBy(Connection.class)) {
            return ofConnection(index);
        }
        if (declaredBy(Statement.class, PreparedStatement.class) && index == 0) {
            if (named("executeQuery") || (method.getName().equals("execute") && method.getParameterCount() == 1)) {
                return QUERY;
            }
            if (named("execute", "addBatch")) {
                return method.getParameterCount() == 1 ? UPDATE : INSERT;
            }
            if (named("setCursorName")) {
                return "cursor_one";
            }
            return named("enquote") ? "it's" : "item";
        }
        if (declaredBy(CallableStatement.class) && index == 0) {
            return "n";
        }
        if (declaredBy(ResultSet.class) && index == 0) {
            return database.columnFor(kindOf(method));
        }
        if (declaredBy(DatabaseMetaData.class)) {
            return ofCatalogue(index);
        }
        if (declaredBy(SQLXML.class)) {
            return "<a>2</a>";
        }
        if (declaredBy(Clob.class, NClob.class)) {
            return named("position") ? "v" : TEXT;
        }
        return named("setURL", "updateURL") ? "http://localhost/five" : TEXT;
    }

    private String ofConnection(int index) {
        SweptDatabase database = around.database;
        switch (method.getName()) {
            case "prepareCall":
                return "{? = call twice(?)}";
            case "prepareStatement":
                return method.getParameterCount() == 2 ? "insert into made (name) values (?)" : PREPARED_QUERY;
            case "nativeSQL":
                return "select {fn abs(1)}";
            case "setSchema":
                return database.name(database.elsewhere);
            case "setCatalog":
                return database.elsewhere;
            case "setClientInfo":
                return index == 0 ? "ApplicationName" : "sweep";
            case "getClientInfo":
                return "ApplicationName";
            case "createArrayOf":
                return database.arrayType;
            default:
                return "here";
        }
    }

    private String ofCatalogue(int index) {
        String[] names;
        switch (method.getName()) {
            case "getColumns":
                names = new String[] {null, null, "item", "%"};
                break;
            case "getFunctions", "getProcedures":
                names = new String[] {null, null, "twice"};
                break;
            case "getFunctionColumns", "getProcedureColumns":
                names = new String[] {null, null, "twice", "%"};
                break;
            case "getCrossReference":
                names = new String[] {null, null, "item", null, null, "kind"};
                break;
            case "getSchemas", "getUDTs", "getSuperTypes":
                names = new String[] {null, "elsewhere", "none"};
                break;
            case "getAttributes":
                names = new String[] {null, null, "none", "none"};
                break;
            case "getColumnPrivileges":
                names = new String[] {null, null, "item", "id"};
                break;
            default:
                names = new String[] {null, null, "item", "%"};
        }
        if (index == 0) {
            return around.database.catalog();
        }
        String name = index < names.length ? names[index] : null;
        return name == null ? null : around.database.name(name);
    }

    private int number(int index) {
        String name = method.getName();
        if (declaredBy(Connection.class)) {
            return ofConnectionNumber(index);
        }
        if (declaredBy(Statement.class)) {
            return named("set", "getMoreResults") ? statementSetting() : Statement.RETURN_GENERATED_KEYS;
        }
        if (declaredBy(DatabaseMetaData.class)) {
            if (name.equals("supportsTransactionIsolationLevel")) {
                return Connection.TRANSACTION_READ_COMMITTED;
            }
            if (name.equals("supportsConvert")) {
                return index == 0 ? Types.INTEGER : Types.VARCHAR;
            }
            return index == 1 ? ResultSet.CONCUR_UPDATABLE : ResultSet.TYPE_SCROLL_INSENSITIVE;
        }
        boolean streamed = index > 0 && named("set", "update") && name.endsWith("Stream");
        if (streamed) {
            return BYTES.length;
        }
        if (declaredBy(ResultSet.class)) {
            return ofResultSetNumber(index);
        }
        boolean parameter = index == 0 || !declaredBy(PreparedStatement.class, CallableStatement.class);
        if (parameter) {
            return named("setFetch", "setMax") ? 2 : 1;
        }
        return named("setInt") ? 5 : Types.INTEGER;
    }

    private int ofConnectionNumber(int index) {
        switch (method.getName()) {
            case "setTransactionIsolation":
                return Connection.TRANSACTION_SERIALIZABLE;
            case "setHoldability":
                return ResultSet.CLOSE_CURSORS_AT_COMMIT;
            case "isValid", "setShardingKeyIfValid":
                return 5;
            case "setNetworkTimeout":
                return 30_000;
            case "prepareStatement":
                if (method.getParameterCount() == 2) {
                    return Statement.RETURN_GENERATED_KEYS;
                }
                break;
            default:
        }
        int first = method.getName().equals("createStatement") ? 0 : 1;
        if (index == first) {
            return ResultSet.TYPE_SCROLL_INSENSITIVE;
        }
        return index == first + 1 ? ResultSet.CONCUR_READ_ONLY : ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    private int statementSetting() {
        switch (method.getName()) {
            case "setFetchDirection":
                return ResultSet.FETCH_FORWARD;
            case "setMaxFieldSize":
                return 50;
            case "getMoreResults":
                return Statement.CLOSE_CURRENT_RESULT;
            default:
                return 2;
        }
    }

    private int ofResultSetNumber(int index) {
        if (named("setFetchDirection")) {
            return ResultSet.FETCH_FORWARD;
        }
        if (named("absolute", "relative", "setFetch")) {
            return 1;
        }
        boolean column = index == 0 && named("get", "update");
        return column ? around.database.indexOf(around.database.columnFor(kindOf(method))) : 5;
    }

    private Object primitive(int index, Class<?> type) {
        boolean position = (index == 0 && declaredBy(Blob.class, Clob.class, NClob.class, Array.class))
                || (index == 1 && named("position"));
        if (type == long.class) {
            if (named("setLarge")) {
                return 2L;
            }
            return position ? 1L : index > 0 && !named("setLong", "updateLong") ? (long) BYTES.length : 5L;
        }
        if (type == boolean.class) {
            return !named("setAutoCommit", "setBoolean", "updateBoolean", "setPoolable", "setEscape", "setAutosave");
        }
        if (type == byte.class) {
            return (byte) 5;
        }
        if (type == short.class) {
            return (short) 5;
        }
        if (type == float.class) {
            return 2.5f;
        }
        return type == char.class ? (Object) 'c' : (Object) 2.5;
    }

    private Object object(Class<?> type) throws SQLException {
        if (type == BigDecimal.class) {
            return new BigDecimal("3.75");
        }
        if (type == byte[].class) {
            return named("position") ? new byte[] {2} : BYTES;
        }
        if (type == Date.class) {
            return Date.valueOf("2023-01-02");
        }
        if (type == Time.class) {
            return Time.valueOf("01:02:03");
        }
        if (type == Timestamp.class) {
            return Timestamp.valueOf("2023-01-02 01:02:03.5");
        }
        if (type == Calendar.class) {
            return Calendar.getInstance(TimeZone.getTimeZone("GMT+3"), Locale.ROOT);
        }
        if (type == InputStream.class) {
            return new ByteArrayInputStream(
                    named("setAscii", "updateAscii", "setUnicode") ? "abc".getBytes(StandardCharsets.US_ASCII) : BYTES);
        }
        if (type == Reader.class) {
            return new StringReader("abc");
        }
        if (type == java.net.URL.class) {
            try {
                return URI.create("http://localhost/five").toURL();
            } catch (java.net.MalformedURLException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        if (type == Object.class) {
            return declaredBy(Connection.class) ? null : 5;
        }
        if (type == Object[].class) {
            return new Object[] {1, 2};
        }
        if (type == int[].class) {
            return new int[] {1};
        }
        if (type == String[].class) {
            return new String[] {declaredBy(DatabaseMetaData.class) ? "TABLE" : around.database.name("id")};
        }
        if (type == Map.class) {
            return new HashMap<String, Class<?>>();
        }
        if (type == Properties.class) {
            Properties info = new Properties();
            info.setProperty("ApplicationName", "sweep");
            return info;
        }
        if (type == Executor.class) {
            return (Executor) Runnable::run;
        }
        if (type == SQLType.class) {
            return JDBCType.INTEGER;
        }
        if (type == Class.class) {
            if (declaredBy(SQLXML.class)) {
                return named("set") ? StreamResult.class : StreamSource.class;
            }
            return named("getObject") ? (Object) Integer.class : (Object) DOMSource.class;
        }
        return type.isEnum() ? type.getEnumConstants()[0] : ofDatabase(type);
    }

    private Object ofDatabase(Class<?> type) throws SQLException {
        Connection connection = around.connection;
        if (type == Savepoint.class) {
            return around.savepoint;
        }
        if (type == Blob.class) {
            Blob blob = declaredBy(Blob.class) ? connection.createBlob() : States.blob(around);
            if (declaredBy(Blob.class)) {
                blob.setBytes(1, new byte[] {2});
            }
            return blob;
        }
        if (type == Clob.class || type == NClob.class) {
            Clob clob = type == Clob.class ? connection.createClob() : connection.createNClob();
            clob.setString(1, named("position") ? "v" : TEXT);
            return clob;
        }
        if (type == Array.class) {
            return connection.createArrayOf(around.database.arrayType, new Object[] {4, 5});
        }
        if (type == SQLXML.class) {
            SQLXML xml = connection.createSQLXML();
            xml.setString("<a>2</a>");
            return xml;
        }
        return null;
    }
}
