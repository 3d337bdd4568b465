package com.acme.compat.connections;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The ways to come by a connection, and what becomes of those that fail. */
public final class Connecting {

    public void in_every_way(Db db, Log log) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", db.user());
        properties.setProperty("password", db.password());
        Properties behind = new Properties(properties);
        log.step("user and password", () -> works(db, DriverManager.getConnection(db.url(), db.user(), db.password())));
        log.step("properties", () -> works(db, DriverManager.getConnection(db.url(), properties)));
        log.step("defaults of properties", () -> works(db, DriverManager.getConnection(db.url(), behind)));
        log.step("driver", () -> works(db, DriverManager.getDriver(db.url()).connect(db.url(), properties)));
        log.step("properties afterwards", () -> properties.stringPropertyNames().size());
        log.step("as properties", () -> behind.size());
        properties.setProperty("password", "changed later");
        log.step("again", () -> works(db, DriverManager.getConnection(db.url(), db.user(), db.password())));
    }

    private static String works(Db db, Connection connection) throws SQLException {
        try (connection) {
            return connection.isValid(1) + " " + Db.rows(connection, db.one("1"));
        }
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB})
    public void with_a_wrong_password(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("right", () -> Db.rows(connection, db.one("1")));
        }
        for (int i = 0; i < 2; i++) {
            log.step("wrong", () -> works(db, DriverManager.getConnection(db.url(), db.user(), "wrong")));
            log.step("no such user", () -> DriverManager.getConnection(db.url(), "nobody", db.password()));
            log.step("none", () -> works(db, DriverManager.getConnection(db.url())));
            log.step("null", () -> works(db, DriverManager.getConnection(db.url(), null, null)));
            log.step("right", () -> db.rows(db.one("1")));
        }
    }

    public void that_cannot_be(Db db, Log log) {
        log.step("null", () -> DriverManager.getConnection(null));
        log.step("empty", () -> DriverManager.getConnection(""));
        log.step("nobody's", () -> DriverManager.getConnection("jdbc:nobody:x"));
        log.step("not a URL", () -> DriverManager.getConnection("nonsense", "a", "b"));
        log.step(
                "a driver that does not feel responsible",
                () -> DriverManager.getDriver(db.url()).connect("jdbc:nobody:x", new Properties()));
        log.step("null for a driver", () -> DriverManager.getDriver(db.url()).connect(null, new Properties()));
        log.step("login timeout", DriverManager::getLoginTimeout);
    }

    @On({Kind.H2, Kind.POSTGRES, Kind.MARIADB})
    public void to_nothing(Db db, Log log) {
        String nowhere = db.url().replaceFirst(":\\d{4,5}/", ":1/");
        for (int i = 0; i < 2; i++) {
            log.step("connect", () -> DriverManager.getConnection(nowhere, db.user(), db.password()));
        }
        if (db.kind() != Kind.H2) {
            String unknown = db.url().replaceFirst("(:\\d{4,5}/)[a-z_0-9]+", "$1no_such_place");
            log.step("no such database", () -> DriverManager.getConnection(unknown, db.user(), db.password()));
        }
    }

    public void properties_the_driver_does_not_know(Db db, Log log) {
        log.step("connect", () -> {
            try (Connection connection = db.connect("colour", "blue")) {
                return connection.isValid(1);
            }
        });
        log.step("and without again", () -> {
            try (Connection connection = db.connect()) {
                return connection.isValid(1);
            }
        });
    }

    public void drivers(Db db, Log log) throws SQLException {
        Driver driver = DriverManager.getDriver(db.url());
        log.note("class", driver.getClass());
        log.note("accepts", driver.acceptsURL(db.url()));
        log.note("compliant", driver.jdbcCompliant());
        List<String> names = new ArrayList<>();
        DriverManager.drivers().forEach(each -> names.add(each.getClass().getName()));
        names.sort(null);
        log.note("all", names);
        log.step("properties", () -> driver.getPropertyInfo(db.url(), new Properties()).length);
    }

    public void driver_taken_away_and_brought_back(Db db, Log log) throws SQLException {
        Driver driver = DriverManager.getDriver(db.url());
        DriverManager.deregisterDriver(driver);
        try {
            log.step("without", () -> DriverManager.getConnection(db.url(), db.user(), db.password()));
            log.step("the driver itself", () -> {
                Properties properties = new Properties();
                properties.setProperty("user", db.user());
                properties.setProperty("password", db.password());
                return works(db, driver.connect(db.url(), properties));
            });
        } finally {
            DriverManager.registerDriver(driver);
        }
        log.step("with", () -> works(db, db.connect()));
    }

    public void as_keys_of_maps(Db db, Log log) throws SQLException {
        Map<Connection, String> names = new HashMap<>();
        IdentityHashMap<Connection, String> same = new IdentityHashMap<>();
        Connection one = db.connect();
        Connection two = db.connect();
        names.put(one, "one");
        names.put(two, "two");
        same.put(one, "one");
        log.note("found", names.get(one) + names.get(two) + same.get(one) + same.get(two));
        Object itself = one;
        log.note("equal to itself", one.equals(itself) + " " + one.equals(two));
        log.note("same hash", one.hashCode() == itself.hashCode());
        one.close();
        log.note("found when closed", names.get(one));
        Connection three = db.connect();
        log.note("a new one", names.get(three) + " " + one.equals(three) + " " + names.containsKey(three));
        two.close();
        three.close();
        log.note("size", names.size());
    }

    public void statements_as_keys_of_maps(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            var one = connection.createStatement();
            var two = connection.createStatement();
            Map<Object, String> names = new HashMap<>();
            names.put(one, "one");
            names.put(two, "two");
            log.note("found", names.get(one) + names.get(two));
            var rows = one.executeQuery(db.one("1"));
            names.put(rows, "rows");
            log.note("rows", names.get(rows) + names.get(one.getResultSet()));
            log.note("statement of rows", names.get(rows.getStatement()));
            log.note("connection of statement", one.getConnection() == connection);
            log.note("connection of description", connection.getMetaData().getConnection() == connection);
        }
    }

    public void printed(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                var statement = connection.prepareStatement(db.one("1"))) {
            log.step(
                    "connection",
                    () -> connection
                            .toString()
                            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|@[0-9a-f]+|\\d+", "#"));
            log.step(
                    "statement",
                    () -> statement
                            .toString()
                            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|@[0-9a-f]+|\\d+", "#"));
            log.step(
                    "rows",
                    () -> statement
                            .executeQuery()
                            .toString()
                            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|@[0-9a-f]+|\\d+", "#"));
        }
    }

    public void serving_many_in_turn(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        int sum = 0;
        for (int i = 0; i < 30; i++) {
            try (Connection connection = db.connect()) {
                sum += Db.rows(connection, "select * from " + table).size();
            }
        }
        log.note("sum", sum);
    }
}
