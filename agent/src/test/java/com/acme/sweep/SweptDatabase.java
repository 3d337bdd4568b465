package com.acme.sweep;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A database as the sweep uses it: where it is and its words for what is tried everywhere. */
final class SweptDatabase {

    /** Column per kind of value; a database without a type of its own for it uses the text column. */
    private final Map<String, String> columns = new LinkedHashMap<>();

    final String url;
    final String user;
    final String password;
    /** A second schema or catalog, to go to. */
    String elsewhere = "elsewhere";

    String arrayType = "integer";
    boolean upperCase;
    /** Interfaces of the driver whose methods are called too. */
    List<String> vendorTypes = List.of();

    private List<String> creation = List.of();
    private String values = "";

    private SweptDatabase(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    static SweptDatabase of(String url, String user, String password) {
        SweptDatabase database = new SweptDatabase(url, user, password);
        if (url.startsWith("jdbc:postgresql:")) {
            database.postgres();
        } else if (url.startsWith("jdbc:h2:")) {
            database.h2();
        } else if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            database.mariadb();
        } else if (url.startsWith("jdbc:hsqldb:")) {
            database.hsqldb();
        } else if (url.startsWith("jdbc:derby:")) {
            database.derby();
        } else if (url.startsWith("jdbc:sqlite:")) {
            database.sqlite();
        } else {
            throw new IllegalArgumentException("no sweep of " + url);
        }
        return database;
    }

    private void postgres() {
        column("boolean", "boolean", "true");
        column("int", "int", "7");
        column("long", "bigint", "70000000000");
        column("double", "double precision", "1.5");
        column("decimal", "numeric(10,2)", "12.25");
        column("text", "text", "'seven'");
        column("bytes", "bytea", "'\\x010203'");
        column("date", "date", "'2024-02-29'");
        column("time", "time", "'12:34:56'");
        column("timestamp", "timestamp", "'2024-02-29 12:34:56.123'");
        column("array", "int[]", "'{1,2,3}'");
        column("xml", "xml", "'<a>1</a>'");
        column("blob", "oid", "lo_from_bytea(0, '\\x010203')");
        creation = List.of(
                "create schema elsewhere",
                "create function twice(n int) returns int language sql as 'select $1 * 2'",
                "create function said(n text) returns text language sql as 'select $1 || ''!'''");
        vendorTypes = List.of(
                "org.postgresql.PGConnection",
                "org.postgresql.PGStatement",
                "org.postgresql.PGResultSetMetaData",
                "org.postgresql.PGRefCursorResultSet");
    }

    private void h2() {
        upperCase = true;
        column("boolean", "boolean", "true");
        column("int", "int", "7");
        column("long", "bigint", "70000000000");
        column("double", "double precision", "1.5");
        column("decimal", "numeric(10,2)", "12.25");
        column("text", "varchar(200)", "'seven'");
        column("bytes", "varbinary(200)", "x'010203'");
        column("date", "date", "date '2024-02-29'");
        column("time", "time", "time '12:34:56'");
        column("timestamp", "timestamp", "timestamp '2024-02-29 12:34:56.123'");
        column("array", "int array", "array[1, 2, 3]");
        column("blob", "blob", "x'010203'");
        column("clob", "clob", "'seven'");
        creation = List.of(
                "create schema elsewhere",
                "create alias twice for 'java.lang.Math.abs(int)'",
                "create alias said for 'org.h2.util.StringUtils.toUpperEnglish'");
    }

    private void mariadb() {
        column("boolean", "boolean", "true");
        column("int", "int", "7");
        column("long", "bigint", "70000000000");
        column("double", "double", "1.5");
        column("decimal", "decimal(10,2)", "12.25");
        column("text", "varchar(200)", "'seven'");
        column("bytes", "varbinary(200)", "x'010203'");
        column("date", "date", "'2024-02-29'");
        column("time", "time", "'12:34:56'");
        column("timestamp", "datetime(3)", "'2024-02-29 12:34:56.123'");
        column("blob", "blob", "x'010203'");
        column("clob", "longtext", "'seven'");
        elsewhere = url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\?.*", "") + "_elsewhere";
        creation = List.of(
                "create function twice(n int) returns int deterministic return n * 2",
                "create function said(n text) returns text deterministic return concat(n, '!')");
    }

    private void hsqldb() {
        upperCase = true;
        column("boolean", "boolean", "true");
        column("int", "int", "7");
        column("long", "bigint", "70000000000");
        column("double", "double", "1.5");
        column("decimal", "numeric(10,2)", "12.25");
        column("text", "varchar(200)", "'seven'");
        column("bytes", "varbinary(200)", "x'010203'");
        column("date", "date", "date '2024-02-29'");
        column("time", "time", "time '12:34:56'");
        column("timestamp", "timestamp", "timestamp '2024-02-29 12:34:56.123'");
        column("array", "int array", "array[1, 2, 3]");
        column("blob", "blob", "x'010203'");
        column("clob", "clob", "'seven'");
        creation = List.of(
                "create schema elsewhere",
                "create function twice(n int) returns int return n * 2",
                "create function said(n varchar(100)) returns varchar(100) return n || '!'");
    }

    private void derby() {
        upperCase = true;
        column("boolean", "boolean", "true");
        column("int", "int", "7");
        column("long", "bigint", "70000000000");
        column("double", "double", "1.5");
        column("decimal", "numeric(10,2)", "12.25");
        column("text", "varchar(200)", "'seven'");
        column("bytes", "varchar(200) for bit data", "x'010203'");
        column("date", "date", "'2024-02-29'");
        column("time", "time", "'12:34:56'");
        column("timestamp", "timestamp", "'2024-02-29 12:34:56.123'");
        column("blob", "blob", "cast(x'010203' as blob)");
        column("clob", "clob", "'seven'");
        creation = List.of(
                "create schema elsewhere",
                "create function twice(n int) returns int language java parameter style java no sql "
                        + "external name 'java.lang.Math.abs'");
    }

    private void sqlite() {
        column("int", "int", "7");
        column("long", "bigint", "70000000000");
        column("double", "double", "1.5");
        column("decimal", "numeric(10,2)", "12.25");
        column("text", "varchar(200)", "'seven'");
        column("bytes", "blob", "x'010203'");
        column("date", "date", "'2024-02-29'");
        column("time", "time", "'12:34:56'");
        column("timestamp", "timestamp", "'2024-02-29 12:34:56.123'");
    }

    private void column(String kind, String type, String value) {
        columns.put(kind, type);
        values += ", " + value;
    }

    /** A connection, taken as in a thousand legacy programs. */
    Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : creation) {
                statement.execute(sql);
            }
            // Statistics, which the catalogue shows, do not change while it runs.
            String fixed =
                    isPostgres() ? " with (autovacuum_enabled = false)" : isMariaDb() ? " stats_auto_recalc = 0" : "";
            statement.execute("create table item (id int not null primary key, name varchar(40))" + fixed);
            StringBuilder kind = new StringBuilder("create table kind (id int not null primary key");
            columns.forEach(
                    (name, type) -> kind.append(", a_").append(name).append(' ').append(type));
            statement.execute(kind.append(')').append(fixed).toString());
            if (url.startsWith("jdbc:m")) {
                statement.execute("create table made (id int auto_increment primary key, name varchar(40))");
            } else if (url.startsWith("jdbc:sqlite:")) {
                statement.execute("create table made (id integer primary key, name varchar(40))");
            } else {
                statement.execute("create table made (id int generated by default as identity primary key, "
                        + "name varchar(40))");
            }
        }
    }

    /** The same rows as at the start. */
    void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from item");
            statement.executeUpdate("insert into item values (1, 'one'), (2, 'two'), (3, 'three')");
            statement.executeUpdate("delete from kind");
            statement.executeUpdate("insert into kind values (1" + values + "), (2" + values + "), (3" + values + ")");
            if (statement.executeUpdate("delete from made") > 0) {
                statement.execute(restart());
            }
        }
    }

    private String restart() {
        if (url.startsWith("jdbc:m")) {
            return "alter table made auto_increment = 1";
        }
        return url.startsWith("jdbc:sqlite:") ? "select 1" : "alter table made alter column id restart with 1";
    }

    /** Those of the driver's interfaces that it has. */
    List<Class<?>> vendorTypesOf(Object target) {
        List<Class<?>> types = new ArrayList<>();
        for (String name : vendorTypes) {
            try {
                Class<?> type = Class.forName(name);
                if (type.isInstance(target)) {
                    types.add(type);
                }
            } catch (ClassNotFoundException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return types;
    }

    /** To ask the catalogue of; MariaDB tells of all databases otherwise. */
    String catalog() {
        return isMariaDb() ? elsewhere.replace("_elsewhere", "") : null;
    }

    boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    boolean isMariaDb() {
        return url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:");
    }

    /** A name as the catalogue has it. */
    String name(String lower) {
        return upperCase ? lower.toUpperCase(Locale.ROOT) : lower;
    }

    /** The column for a kind of value. */
    String columnFor(String kind) {
        if (columns.containsKey(kind)) {
            return "a_" + kind;
        }
        return kind.equals("blob") && columns.containsKey("bytes") ? "a_bytes" : "a_text";
    }

    /** Its number in {@code select * from kind}. */
    int indexOf(String column) {
        int index = 2;
        for (String kind : columns.keySet()) {
            if (column.equals("a_" + kind)) {
                return index;
            }
            index++;
        }
        throw new IllegalArgumentException(column);
    }
}
