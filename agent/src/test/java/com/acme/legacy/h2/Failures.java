package com.acme.legacy.h2;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;

/** Connections that cannot be had; each is asked for twice. */
final class Failures {

    private static final String URL = "jdbc:h2:mem:guarded;DB_CLOSE_DELAY=-1";

    private final Script script = new Script("failures");

    private Failures() {}

    static void play() throws Exception {
        Failures failures = new Failures();
        failures.credentials();
        failures.addresses();
        failures.settings();
    }

    private void credentials() throws Exception {
        try (Connection first = DriverManager.getConnection(URL, "keeper", "right")) {
            Database.execute(first, "create table treasure as select 1 as id");
        }
        script.twice("wrong password", () -> DriverManager.getConnection(URL, "keeper", "wrong"));
        script.twice("right password", () -> treasure("right"));
        script.twice("wrong password beside a right one", () -> {
            try (Connection right = DriverManager.getConnection(URL, "keeper", "right")) {
                return right.isValid(1) + " " + DriverManager.getConnection(URL, "keeper", "wrong");
            }
        });
        script.step("right password again", () -> treasure("right"));
        script.twice("unknown user", () -> DriverManager.getConnection(URL, "thief", "right"));
        script.twice("no user", () -> DriverManager.getConnection(URL));
        script.twice("null user", () -> DriverManager.getConnection(URL, null, null));
        script.twice("null properties", () -> DriverManager.getConnection(URL, (Properties) null));
        script.step("a new password", () -> {
            try (Connection connection = DriverManager.getConnection(URL, "keeper", "right")) {
                return Database.execute(connection, "alter user keeper set password 'new'");
            }
        });
        script.twice("the new password", () -> treasure("new"));
    }

    private static Object treasure(String password) throws Exception {
        try (Connection connection = DriverManager.getConnection(URL, "keeper", password)) {
            return Database.value(connection, "select id from treasure");
        }
    }

    private void addresses() {
        script.twice("unknown URL", () -> DriverManager.getConnection("jdbc:nosuch:db", "a", "b"));
        script.twice("null URL", () -> DriverManager.getConnection(null, "a", "b"));
        script.twice("null URL alone", () -> DriverManager.getConnection(null));
        script.twice("empty URL", () -> DriverManager.getConnection(""));
        script.twice("a file name", () -> DriverManager.getConnection("orders.mv.db"));
        script.twice("no database after the name", () -> DriverManager.getConnection("jdbc:h2:"));
        script.twice(
                "refused connection", () -> DriverManager.getConnection("jdbc:h2:tcp://localhost:1/./x", "sa", ""));
        script.twice("unknown host", () -> DriverManager.getConnection("jdbc:h2:tcp://no-such.invalid/./x", "sa", ""));
        script.twice(
                "no database there", () -> DriverManager.getConnection("jdbc:h2:mem:nowhere;IFEXISTS=TRUE", "sa", ""));
        script.twice(
                "no database there, but it should stay",
                () -> DriverManager.getConnection("jdbc:h2:mem:nowhere;IFEXISTS=TRUE;DB_CLOSE_DELAY=-1", "sa", ""));
        script.twice("a relative file", () -> DriverManager.getConnection("jdbc:h2:relative", "sa", ""));
    }

    private void settings() {
        script.twice(
                "misspelt setting",
                () -> DriverManager.getConnection("jdbc:h2:mem:misspelt;DB_CLOSE_DELEY=-1", "sa", ""));
        script.twice(
                "misspelt value",
                () -> DriverManager.getConnection("jdbc:h2:mem:misspelt;DB_CLOSE_DELAY=-1;MODE=Orakel", "sa", ""));
        script.twice(
                "a setting twice",
                () -> DriverManager.getConnection("jdbc:h2:mem:misspelt;DB_CLOSE_DELAY=-1;DB_CLOSE_DELAY=0", "sa", ""));
        Properties unknown = new Properties();
        unknown.setProperty("user", "keeper");
        unknown.setProperty("password", "new");
        unknown.setProperty("colour", "green");
        script.twice("unknown property", () -> {
            try (Connection connection = DriverManager.getConnection(URL, unknown)) {
                return connection.isValid(1);
            }
        });
    }
}
