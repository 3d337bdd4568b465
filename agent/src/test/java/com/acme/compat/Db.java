package com.acme.compat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One database as a scenario reaches it; what the scenario leaves behind is tidied up after it. */
public final class Db {

    private final Kind kind;
    private final String url;
    private final String user;
    private final String password;

    /** Names the scenario's tables. */
    private final String scenario;

    private final List<Connection> opened = new ArrayList<>();
    private final List<String> made = new ArrayList<>();

    public Db(Kind kind, String url, String user, String password, String scenario) {
        this.kind = kind;
        this.url = url;
        this.user = user;
        this.password = password;
        this.scenario = scenario;
    }

    /** The database, whichever the driver. */
    public Kind kind() {
        return kind.database();
    }

    /** The database, the driver and the way to it. */
    public Kind way() {
        return kind;
    }

    public String url() {
        return url;
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** A connection, taken as in a thousand legacy programs. */
    public Connection connect() throws SQLException {
        return noted(DriverManager.getConnection(url, user, password));
    }

    /** One with properties besides user and password, given as names and values. */
    public Connection connect(String... namesAndValues) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return noted(DriverManager.getConnection(url, properties));
    }

    /** One that the scenario has opened in its own way, to be closed after it. */
    public synchronized Connection noted(Connection connection) {
        opened.add(connection);
        return connection;
    }

    /** One with auto-commit off. */
    public Connection begin() throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        return connection;
    }

    /** A new table with these columns; its name. */
    public String table(String columns) throws SQLException {
        String name = name("t");
        run("create table " + name + " (" + columns + ")" + (kind() == Kind.MARIADB ? " engine=InnoDB" : ""));
        return name;
    }

    /** A table {@code (id int primary key, name varchar(40))} with the rows 1 to {@code rows}. */
    public String rowsOf(int rows) throws SQLException {
        String table = table("id int not null primary key, name varchar(40)");
        try (Connection connection = begin();
                Statement statement = connection.createStatement()) {
            for (int i = 1; i <= rows; i++) {
                statement.executeUpdate("insert into " + table + " values (" + i + ", 'row " + i + "')");
            }
            connection.commit();
        }
        return table;
    }

    /** A name of the scenario's own; dropped after it if it is a table. */
    public synchronized String name(String prefix) {
        String name = prefix + "_" + scenario + (made.isEmpty() ? "" : "_" + made.size());
        made.add(name);
        return name;
    }

    /** Something to be run after the scenario, whatever becomes of it. */
    public synchronized void afterwards(String sql) {
        made.add(0, sql);
    }

    /** Runs statements on a connection of their own; what the last one changed. */
    public int run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            int changed = 0;
            for (String sql : statements) {
                changed = statement.execute(sql) ? -1 : statement.getUpdateCount();
            }
            return changed;
        }
    }

    /** The rows of a query on a connection of its own. */
    public List<String> rows(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return rows(connection, sql);
        }
    }

    public static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(i == 1 ? "" : ",").append(rows.getString(i));
                }
                all.add(row.toString());
            }
            return all;
        }
    }

    public static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? -1 : statement.getUpdateCount();
        }
    }

    // -- words of the dialect

    public String identity() {
        return kind.identity();
    }

    public String binary() {
        return kind.binary();
    }

    public String characters() {
        return kind.characters();
    }

    /** A query that returns one row from nothing. */
    public String one(String expression) {
        return kind.one(expression);
    }

    /** A name as the database keeps it when it is not quoted. */
    public String kept(String name) {
        return kind.shouts() ? name.toUpperCase(java.util.Locale.ROOT) : name;
    }

    /** A schema besides the usual one, or null where there is no such thing. */
    public String attic() {
        return kind.attic();
    }

    /** Leaves the database as the scenario found it. */
    synchronized void tidy() {
        for (Connection connection : opened) {
            quietly(() -> {
                if (!connection.isClosed() && !connection.getAutoCommit()) {
                    connection.rollback();
                }
            });
            quietly(connection::close);
        }
        if (made.isEmpty()) {
            return;
        }
        quietly(() -> {
            try (Connection connection = DriverManager.getConnection(url, user, password);
                    Statement statement = connection.createStatement()) {
                for (String each : made) {
                    quietly(() -> statement.execute(each.indexOf(' ') < 0 ? "drop table " + each : each));
                }
            }
        });
    }

    private static void quietly(Log.Act act) {
        try {
            act.run();
        } catch (Exception left) {
            // The next scenario has tables of its own.
        }
    }
}
