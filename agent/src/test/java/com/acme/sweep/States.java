package com.acme.sweep;

import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The objects on which methods are called, each in a state that a program brings it to. */
final class States {

    /** Makes the object; {@code method} is what will be called, null if that is not known yet. */
    interface Making {
        Object make(Case around, Method method) throws SQLException;
    }

    /** What shows afterwards that a call had its effect. */
    interface Trace {
        Object left(Case around, Object target, Method method) throws Exception;
    }

    /** A named state of an object of an interface. */
    record State(String name, Class<?> type, Predicate<Method> methods, Making making, Trace trace) {}

    private final List<State> states = new ArrayList<>();

    private States() {}

    static List<State> of(SweptDatabase database) {
        States made = new States();
        made.connections();
        made.statements();
        made.preparedStatements();
        made.calls();
        made.rows();
        made.metaData();
        made.values(database);
        return made.states;
    }

    private void add(String name, Class<?> type, Predicate<Method> methods, Making making, Trace trace) {
        states.add(new State(name, type, methods, making, trace));
    }

    private void connections() {
        Trace settings = (around, target, method) -> Settings.of((Connection) target);
        add("connection", Connection.class, States::all, (around, method) -> around.connection, settings);
        add(
                "connection in a transaction",
                Connection.class,
                States::all,
                (around, method) -> {
                    Connection connection = around.connection;
                    connection.setAutoCommit(false);
                    try (Statement insert = connection.createStatement()) {
                        insert.executeUpdate("insert into item values (8, 'eight')");
                        around.savepoint = connection.setSavepoint("before");
                        insert.executeUpdate("insert into item values (9, 'nine')");
                    }
                    return connection;
                },
                (around, target, method) -> Settings.of((Connection) target) + Settings.count((Connection) target));
    }

    private void statements() {
        Trace settings = (around, target, method) -> Settings.of((Statement) target);
        add("statement", Statement.class, States::all, (around, method) -> around.statement(), settings);
        add(
                "statement with rows",
                Statement.class,
                States::all,
                (around, method) -> {
                    Statement statement = around.statement();
                    around.keep("the rows", statement.executeQuery(Arguments.QUERY))
                            .next();
                    return statement;
                },
                settings);
        add(
                "statement with keys",
                Statement.class,
                starts("get", "execute", "close"),
                (around, method) -> {
                    Statement statement = around.statement();
                    statement.executeUpdate(Arguments.INSERT, Statement.RETURN_GENERATED_KEYS);
                    return statement;
                },
                settings);
        add(
                "statement with a batch",
                Statement.class,
                starts("execute", "addBatch", "clear", "close", "get"),
                (around, method) -> {
                    Statement statement = around.statement();
                    statement.addBatch(Arguments.UPDATE);
                    statement.addBatch("delete from item where id = 3");
                    return statement;
                },
                (around, target, method) -> Settings.of((Statement) target) + Settings.count(around.connection));
    }

    private void preparedStatements() {
        Trace settings = (around, target, method) -> Settings.of((Statement) target);
        add(
                "prepared query",
                PreparedStatement.class,
                method -> !setsParameter(method),
                (around, method) -> {
                    PreparedStatement query =
                            around.keep("a statement", around.connection.prepareStatement(Arguments.PREPARED_QUERY));
                    query.setInt(1, 2);
                    return query;
                },
                settings);
        add(
                "prepared insert",
                PreparedStatement.class,
                starts("execute", "addBatch", "clear", "getGenerated", "getUpdate", "getLarge"),
                (around, method) -> {
                    PreparedStatement insert = around.keep(
                            "a statement",
                            around.connection.prepareStatement(
                                    "insert into made (name) values (?)", Statement.RETURN_GENERATED_KEYS));
                    insert.setString(1, "first");
                    insert.addBatch();
                    insert.setString(1, "second");
                    return insert;
                },
                (around, target, method) -> Settings.of((Statement) target)
                        + Settings.column(around.connection, "select name from made order by id"));
        add(
                "prepared update",
                PreparedStatement.class,
                States::setsParameter,
                (around, method) -> {
                    String column = around.database.columnFor(method == null ? "int" : Arguments.kindOf(method));
                    return around.keep(
                            "a statement",
                            around.connection.prepareStatement("update kind set " + column + " = ? where id = 2"));
                },
                (around, target, method) -> {
                    ((PreparedStatement) target).executeUpdate();
                    String column = around.database.columnFor(Arguments.kindOf(method));
                    return Settings.column(
                            around.connection, "select " + shown(around, column) + " from kind where id = 2");
                });
    }

    private void calls() {
        add(
                "call",
                CallableStatement.class,
                method -> method.getDeclaringClass() == CallableStatement.class
                        || setsParameter(method)
                        || starts("execute", "close", "getM").test(method),
                (around, method) -> {
                    boolean text = method != null
                            && method.getName().startsWith("get")
                            && Arguments.kindOf(method).equals("text")
                            && !around.database.url.startsWith("jdbc:derby:");
                    CallableStatement call = around.keep(
                            "a statement",
                            around.connection.prepareCall(text ? "{? = call said(?)}" : "{? = call twice(?)}"));
                    call.registerOutParameter(1, text ? Types.VARCHAR : Types.INTEGER);
                    if (text) {
                        call.setString(2, "hello");
                    } else {
                        call.setInt(2, 21);
                    }
                    if (starts("get", "was").test(method)) {
                        call.execute();
                    }
                    return call;
                },
                (around, target, method) -> Settings.of((Statement) target));
    }

    private void rows() {
        Trace place = (around, target, method) -> Settings.of((ResultSet) target);
        add(
                "row",
                ResultSet.class,
                States::all,
                (around, method) -> {
                    if (Arguments.kindOf(method == null ? STRING : method).equals("blob")
                            && around.database.isPostgres()) {
                        around.connection.setAutoCommit(false);
                    }
                    ResultSet rows =
                            around.keep("the rows", around.statement().executeQuery("select * from kind order by id"));
                    rows.next();
                    return rows;
                },
                place);
        add("updatable row", ResultSet.class, States::all, States::updatable, States::updated);
        add(
                "row of the catalogue",
                ResultSet.class,
                starts("getStatement", "getString", "next", "close", "isClosed", "getMetaData", "unwrap"),
                (around, method) -> {
                    DatabaseMetaData about = around.keep("the metadata", around.connection.getMetaData());
                    ResultSet rows =
                            around.keep("the rows", about.getTables(null, null, around.database.name("item"), null));
                    rows.next();
                    return rows;
                },
                place);
    }

    private static final Method STRING;

    static {
        try {
            STRING = ResultSet.class.getMethod("getString", int.class);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ResultSet updatable(Case around, Method method) throws SQLException {
        if (around.database.isPostgres()) {
            around.connection.setAutoCommit(false);
        }
        Statement statement = around.keep(
                "a statement",
                around.connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE));
        String order = around.database.isPostgres() ? " order by id" : "";
        ResultSet rows = around.keep("the rows", statement.executeQuery("select * from kind" + order));
        rows.absolute(2);
        if (starts("insertRow", "moveToCurrentRow").test(method)) {
            rows.moveToInsertRow();
            rows.updateInt(1, 9);
        } else if (starts("updateRow", "cancelRowUpdates", "refreshRow").test(method)) {
            rows.updateInt("a_int", 8);
        }
        return rows;
    }

    private static Object updated(Case around, Object target, Method method) throws Exception {
        ResultSet rows = (ResultSet) target;
        String place = Settings.of(rows);
        if (method.getName().startsWith("update") && !method.getName().equals("updateRow")) {
            rows.updateRow();
            String column = around.database.columnFor(Arguments.kindOf(method));
            return place
                    + Settings.column(around.connection, "select " + shown(around, column) + " from kind where id = 2");
        }
        return place + Settings.column(around.connection, "select id from kind order by id");
    }

    private void metaData() {
        add(
                "metadata",
                DatabaseMetaData.class,
                States::all,
                (around, method) -> around.keep("the metadata", around.connection.getMetaData()),
                States::nothing);
        add(
                "columns of a query",
                ResultSetMetaData.class,
                States::all,
                (around, method) -> around.keep(
                                "the rows", around.statement().executeQuery("select id, a_text as words from kind"))
                        .getMetaData(),
                States::nothing);
        add(
                "columns of a prepared query",
                ResultSetMetaData.class,
                States::all,
                (around, method) -> prepared(around).getMetaData(),
                States::nothing);
        add(
                "parameters",
                ParameterMetaData.class,
                States::all,
                (around, method) -> prepared(around).getParameterMetaData(),
                States::nothing);
    }

    private static PreparedStatement prepared(Case around) throws SQLException {
        return around.keep("a statement", around.connection.prepareStatement(Arguments.PREPARED_QUERY));
    }

    private void values(SweptDatabase database) {
        add(
                "savepoint with a name",
                Savepoint.class,
                States::all,
                (around, method) -> savepoint(around, true),
                States::nothing);
        add(
                "savepoint without a name",
                Savepoint.class,
                States::all,
                (around, method) -> savepoint(around, false),
                States::nothing);
        Trace value = (around, target, method) -> target;
        add(
                "array read",
                Array.class,
                States::all,
                (around, method) -> row(around, "array").getArray(1),
                States::nothing);
        add(
                "array made",
                Array.class,
                States::all,
                (around, method) -> around.connection.createArrayOf(database.arrayType, new Object[] {1, 2}),
                States::nothing);
        add("blob read", Blob.class, States::all, (around, method) -> blob(around), value);
        String text = database.isPostgres() ? "blob" : "clob";
        add(
                "clob read",
                Clob.class,
                States::all,
                (around, method) -> row(around, text).getClob(1),
                value);
        add(
                "nclob read",
                NClob.class,
                States::all,
                (around, method) -> row(around, text).getNClob(1),
                value);
        if (!database.isPostgres()) {
            add(
                    "blob made",
                    Blob.class,
                    States::all,
                    (around, method) -> {
                        Blob blob = around.connection.createBlob();
                        if (!starts("set").test(method)) {
                            blob.setBytes(1, new byte[] {1, 2, 3});
                        }
                        return blob;
                    },
                    value);
            add(
                    "clob made",
                    Clob.class,
                    States::all,
                    (around, method) -> made(around.connection.createClob(), method),
                    value);
            add(
                    "nclob made",
                    NClob.class,
                    States::all,
                    (around, method) -> made(around.connection.createNClob(), method),
                    value);
        }
        add(
                "xml read",
                SQLXML.class,
                States::all,
                (around, method) -> row(around, "xml").getSQLXML(1),
                States::nothing);
        add("xml made", SQLXML.class, States::all, (around, method) -> around.connection.createSQLXML(), value);
    }

    private static boolean all(Method method) {
        return method != null;
    }

    /** For objects that no call changes. */
    private static Object nothing(Case around, Object target, Method method) {
        return null;
    }

    private static Clob made(Clob clob, Method method) throws SQLException {
        if (!starts("set").test(method)) {
            clob.setString(1, "seven");
        }
        return clob;
    }

    private static Savepoint savepoint(Case around, boolean named) throws SQLException {
        around.connection.setAutoCommit(false);
        return named ? around.connection.setSavepoint("here") : around.connection.setSavepoint();
    }

    /** One as a table holds it. */
    static Blob blob(Case around) throws SQLException {
        return row(around, "blob").getBlob(1);
    }

    private static ResultSet row(Case around, String kind) throws SQLException {
        if (kind.equals("blob") && around.database.isPostgres()) {
            around.connection.setAutoCommit(false);
        }
        Statement statement = around.keep("another statement", around.connection.createStatement());
        ResultSet rows = around.keep(
                "other rows",
                statement.executeQuery("select " + around.database.columnFor(kind) + " from kind where id = 1"));
        rows.next();
        return rows;
    }

    /** Large objects of PostgreSQL have a number of their own each time. */
    private static String shown(Case around, String column) {
        return around.database.isPostgres() && column.equals("a_blob") ? "lo_get(a_blob)" : column;
    }

    private static boolean setsParameter(Method method) {
        return method != null
                && method.getDeclaringClass() == PreparedStatement.class
                && method.getName().startsWith("set")
                && method.getParameterCount() >= 2;
    }

    private static Predicate<Method> starts(String... starts) {
        return method -> {
            for (String start : starts) {
                if (method != null && method.getName().startsWith(start)) {
                    return true;
                }
            }
            return false;
        };
    }
}
