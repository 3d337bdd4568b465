package com.acme.legacy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One database as the application reaches it, with its few words of dialect. */
public final class Database {

    private final String url;
    private final String user;
    private final String password;
    private final String sessionQuery;

    /** Server-side sessions seen so far: each physical connection is one. */
    private final Set<Object> sessions = new HashSet<>();

    private int opened;

    private Database(String url, String user, String password, String sessionQuery) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.sessionQuery = sessionQuery;
    }

    public static Database h2(String url) {
        return new Database(
                url,
                "sa",
                "",
                "SELECT SESSION_ID || ' ' || SESSION_START FROM INFORMATION_SCHEMA.SESSIONS "
                        + "WHERE SESSION_ID = SESSION_ID()");
    }

    public static Database postgres(String url, String user, String password) {
        return new Database(url, user, password, "SELECT pg_backend_pid()");
    }

    public boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    public String url() {
        return url;
    }

    /** A connection, taken as in a thousand legacy programs. */
    public Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, password);
        opened++;
        return connection;
    }

    /** A connection of whose session a note is made. */
    public Connection openNoted() throws SQLException {
        Connection connection = open();
        sessions.add(value(connection, sessionQuery));
        return connection;
    }

    /** How many different sessions of the server were seen. */
    public int sessions() {
        return sessions.size();
    }

    /** How often a connection was asked for. */
    public int opened() {
        return opened;
    }

    public Object session(Connection connection) throws SQLException {
        return value(connection, sessionQuery);
    }

    /** Runs statements on a connection of their own. */
    public int run(String... statements) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            int changed = 0;
            for (String sql : statements) {
                changed = statement.execute(sql) ? -1 : statement.getUpdateCount();
            }
            return changed;
        }
    }

    /** The first column of all rows, on a connection of its own. */
    public List<Object> query(String sql) throws SQLException {
        try (Connection connection = open()) {
            return column(connection, sql);
        }
    }

    public static List<Object> column(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Object> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
            return values;
        }
    }

    public static Object value(Connection connection, String sql) throws SQLException {
        return column(connection, sql).get(0);
    }

    public static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? -1 : statement.getUpdateCount();
        }
    }
}
