package dev.poolwright.agent.behaviour;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL of the tests' own, with two users that need their passwords. */
public final class PostgresServer implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static PostgresServer start() throws IOException, SQLException {
        return start("max_connections", "300");
    }

    /** Starts one with a setting of the server. */
    static PostgresServer start(String setting, String value) throws IOException, SQLException {
        PostgresServer server = new PostgresServer(EmbeddedPostgres.builder()
                .setServerConfig("max_prepared_transactions", "8")
                .setServerConfig("password_encryption", "md5")
                .setServerConfig("fsync", "off")
                .setServerConfig(setting, value)
                .start());
        server.demandPasswords();
        return server;
    }

    private void demandPasswords() throws IOException, SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create role clerk superuser login password 'pencil'");
            statement.execute("create role auditor login password 'pen'");
            Path rules;
            try (ResultSet rows = statement.executeQuery("show hba_file")) {
                rows.next();
                rules = Path.of(rows.getString(1));
            }
            String others = Files.readString(rules);
            Files.writeString(rules, "host all clerk,auditor,thief all md5\n" + others);
            statement.execute("select pg_reload_conf()");
        }
    }

    /** A new, empty database. */
    public void create(String database) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
    }

    /** Straight from the driver: this JVM has no agent. */
    private Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {port()});
        source.setUser("postgres");
        return source.getConnection();
    }

    public int port() {
        return postgres.getPort();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
