package com.acme.pools;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** The database server, and what it says of who is connected: each pool connects under a name of its own. */
record Server(int port, String database) {

    static final String DRIVER = "org.postgresql.Driver";
    static final String USER = "clerk";
    static final String PASSWORD = "pencil";

    String url(String pool) {
        return "jdbc:postgresql://localhost:" + port + "/" + database + "?ApplicationName=" + pool.replace(' ', '_');
    }

    PGSimpleDataSource source(String pool) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(pool));
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    PGXADataSource xaSource(String pool) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(url(pool));
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    Connection connect(String pool) throws SQLException {
        return DriverManager.getConnection(url(pool), USER, PASSWORD);
    }

    /** How many connections the server has from this pool. */
    static int connections(Connection watching, String pool) throws SQLException {
        try (PreparedStatement statement = watching.prepareStatement(
                "select count(*) from pg_stat_activity where datname = current_database() and application_name = ?")) {
            statement.setString(1, pool);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    /** Waits for the server to notice: of a connection that was closed it hears later. */
    static int connectionsOnce(Connection watching, String pool, int expected) throws SQLException {
        int found = connections(watching, pool);
        for (int i = 0; i < 500 && found != expected; i++) {
            try (var statement = watching.createStatement()) {
                statement.execute("select pg_sleep(0.01)");
            }
            found = connections(watching, pool);
        }
        return found;
    }
}
