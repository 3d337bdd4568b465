package com.acme.pools;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.logging.LogManager;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/**
 * Ends transactions in every way there is, on one pool of each kind: its own classes, proxies of the JDK, auto-commit
 * switched off by the pool. Arguments: the name of the pool, a URL and a user without a password.
 */
public final class Ledger {

    private static final int ENTRIES = 3;

    private final DataSource source;

    private Ledger(DataSource source) {
        this.source = source;
    }

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        Ledger ledger = new Ledger(pool(arguments[0], arguments[1], arguments[2]));
        ledger.create();
        ledger.commit();
        ledger.commit();
        ledger.commitByAutoCommit();
        ledger.rollBack();
        ledger.leaveUncommitted();
        ledger.batch();
        System.exit(0); // some leave threads behind
    }

    private static DataSource pool(String name, String url, String user) {
        switch (name) {
            case "hikari":
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl(url);
                config.setUsername(user);
                config.setMaximumPoolSize(1);
                return new HikariDataSource(config);
            case "tomcat":
                PoolProperties properties = new PoolProperties();
                properties.setUrl(url);
                properties.setUsername(user);
                properties.setMaxActive(1);
                properties.setInitialSize(1);
                return new org.apache.tomcat.jdbc.pool.DataSource(properties);
            case "dbcp":
                BasicDataSource source = new BasicDataSource();
                source.setUrl(url);
                source.setUsername(user);
                source.setMaxTotal(1);
                source.setDefaultAutoCommit(false);
                return source;
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private Connection begin() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into ledger values (1)");
        }
    }

    private void create() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table ledger (n int)");
            }
        }
    }

    /** As most frameworks do it. */
    private void commit() throws SQLException {
        try (Connection connection = begin()) {
            write(connection);
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private void commitByAutoCommit() throws SQLException {
        try (Connection connection = begin()) {
            write(connection);
            connection.setAutoCommit(true);
            connection.setAutoCommit(true);
        }
    }

    private void rollBack() throws SQLException {
        try (Connection connection = begin();
                PreparedStatement statement = connection.prepareStatement("insert into ledger values (?)")) {
            statement.setInt(1, 1);
            statement.executeUpdate();
            Savepoint savepoint = connection.setSavepoint("first");
            statement.executeUpdate();
            connection.rollback(savepoint);
            connection.rollback();
            connection.commit(); // of nothing
        }
    }

    /** The pool ends it, as it likes. */
    private void leaveUncommitted() throws SQLException {
        try (Connection connection = begin()) {
            write(connection);
        }
    }

    private void batch() throws SQLException {
        try (Connection connection = begin();
                PreparedStatement statement = connection.prepareStatement("insert into ledger values (?)")) {
            for (int i = 0; i < ENTRIES; i++) {
                statement.setInt(1, i);
                statement.addBatch();
            }
            statement.executeBatch();
            connection.rollback();
        }
    }
}
