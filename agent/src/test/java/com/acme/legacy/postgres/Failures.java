package com.acme.legacy.postgres;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections that cannot be had; each is asked for twice. */
final class Failures {

    private final Script script = new Script("failures");
    private final String server;
    private final String url;

    private Failures(int port, String name) {
        this.server = "jdbc:postgresql://localhost:" + port + "/";
        this.url = server + name;
    }

    static void play(int port, String name) {
        Failures failures = new Failures(port, name);
        failures.credentials();
        failures.addresses();
        failures.settings();
    }

    private void credentials() {
        script.twice("wrong password", () -> DriverManager.getConnection(url, "clerk", "wrong"));
        script.twice("right password", () -> who("pencil"));
        script.twice("wrong password beside a right one", () -> {
            try (Connection right = DriverManager.getConnection(url, "clerk", "pencil")) {
                return right.isValid(1) + " " + DriverManager.getConnection(url, "clerk", "wrong");
            }
        });
        script.step("right password again", () -> who("pencil"));
        script.twice("unknown user", () -> DriverManager.getConnection(url, "thief", "pencil"));
        script.twice("no password", () -> DriverManager.getConnection(url, "clerk", null));
        script.twice("wrong password of a data source", () -> {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(url);
            return source.getConnection("clerk", "wrong");
        });
    }

    private Object who(String password) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, "clerk", password)) {
            return Database.value(connection, "select current_user");
        }
    }

    private void addresses() {
        script.twice("no such database", () -> DriverManager.getConnection(server + "nowhere", "clerk", "pencil"));
        script.twice(
                "refused connection",
                () -> DriverManager.getConnection("jdbc:postgresql://localhost:1/db", "clerk", "pencil"));
        script.twice(
                "unknown host",
                () -> DriverManager.getConnection("jdbc:postgresql://no-such.invalid/db", "clerk", "pencil"));
        script.twice("unknown URL", () -> DriverManager.getConnection("jdbc:postgrsql://localhost/db", "a", "b"));
        script.twice("null URL", () -> DriverManager.getConnection(null, "a", "b"));
    }

    private void settings() {
        script.twice("misspelt property", () -> {
            try (Connection connection = DriverManager.getConnection(url + "?preparThreshold=5", "clerk", "pencil")) {
                return connection.isValid(1);
            }
        });
        script.twice(
                "a value that is none",
                () -> DriverManager.getConnection(url + "?prepareThreshold=often", "clerk", "pencil"));
        Properties properties = new Properties();
        properties.setProperty("user", "clerk");
        properties.setProperty("password", "pencil");
        properties.setProperty("sslmode", "perhaps");
        script.twice("an SSL mode that is none", () -> DriverManager.getConnection(url, properties));
        script.twice(
                "a server parameter that is none",
                () -> DriverManager.getConnection(url + "?options=-c%20statment_timeout=5", "clerk", "pencil"));
    }
}
