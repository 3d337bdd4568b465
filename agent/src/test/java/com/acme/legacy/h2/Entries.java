package com.acme.legacy.h2;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;
import org.h2.jdbcx.JdbcDataSource;

/** The ways to a connection. */
final class Entries {

    private static final String URL = "jdbc:h2:mem:entries;DB_CLOSE_DELAY=-1";

    private final Script script = new Script("entries");

    private Entries() {}

    static void play() throws Exception {
        Database.h2(URL)
                .run(
                        "create user clerk password 'pencil' admin",
                        "create user auditor password 'pen' admin",
                        "create schema ledger");
        Entries entries = new Entries();
        entries.driverManager();
        entries.properties();
        entries.dataSource();
    }

    /** Who it is, where, and that it works, twice in a row. */
    private void visit(String name, Opener opener) {
        script.twice(name, () -> {
            try (Connection connection = opener.open()) {
                return Database.value(connection, "select current_user || ' in ' || current_schema");
            }
        });
    }

    /** Opens a connection. */
    private interface Opener {
        Connection open() throws Exception;
    }

    private void driverManager() {
        visit("URL, user and password", () -> DriverManager.getConnection(URL, "clerk", "pencil"));
        visit("another user", () -> DriverManager.getConnection(URL, "auditor", "pen"));
        visit("URL alone", () -> DriverManager.getConnection(URL + ";USER=clerk;PASSWORD=pencil"));
        visit("user in small letters", () -> DriverManager.getConnection(URL + ";user=auditor;password=pen"));
        visit(
                "URL and empty properties",
                () -> DriverManager.getConnection(URL + ";USER=clerk;PASSWORD=pencil", new Properties()));
        visit("two users at once", () -> DriverManager.getConnection(URL + ";USER=clerk", "auditor", "pencil"));
        visit("a schema in the URL", () -> DriverManager.getConnection(URL + ";SCHEMA=LEDGER", "clerk", "pencil"));
        visit("no schema", () -> DriverManager.getConnection(URL, "clerk", "pencil"));
    }

    private void properties() {
        Properties plain = new Properties();
        plain.setProperty("user", "clerk");
        plain.setProperty("password", "pencil");
        visit("properties", () -> DriverManager.getConnection(URL, plain));
        Properties derived = new Properties(plain);
        visit("properties by default", () -> DriverManager.getConnection(URL, derived));
        derived.setProperty("user", "auditor");
        derived.setProperty("password", "pen");
        visit("properties over defaults", () -> DriverManager.getConnection(URL, derived));
        visit("the same object with other contents", () -> {
            plain.setProperty("user", "auditor".equals(plain.getProperty("user")) ? "clerk" : "auditor");
            plain.setProperty("password", "auditor".equals(plain.getProperty("user")) ? "pen" : "pencil");
            return DriverManager.getConnection(URL, plain);
        });
        Properties odd = new Properties();
        odd.setProperty("user", "clerk");
        odd.put("password", "pencil");
        odd.put("number", 7);
        odd.put(Path.of("no string"), new Object());
        Properties characters = new Properties();
        characters.setProperty("user", "clerk");
        characters.put("password", "pencil".toCharArray());
        visit("a password in characters", () -> DriverManager.getConnection(URL, characters));
        visit("a wrong password in characters", () -> {
            characters.put("password", "pen".toCharArray());
            return DriverManager.getConnection(URL, characters);
        });
        visit("properties that are no strings", () -> DriverManager.getConnection(URL, odd));
        visit(
                "system properties",
                () -> DriverManager.getConnection(URL + ";USER=clerk;PASSWORD=pencil", System.getProperties()));
        visit("system properties with a user", () -> {
            System.setProperty("user", "clerk");
            System.setProperty("password", "pencil");
            return DriverManager.getConnection(URL, System.getProperties());
        });
        visit("properties that decrypt", () -> DriverManager.getConnection(URL, new Decrypting("clerk", "licnep")));
        visit("properties that refuse", () -> DriverManager.getConnection(URL, new Refusing()));
    }

    /** Keeps its password backwards. */
    private static final class Decrypting extends Properties {

        Decrypting(String user, String backwards) {
            setProperty("user", user);
            setProperty("password", backwards);
        }

        @Override
        public synchronized Object get(Object key) {
            Object value = super.get(key);
            return "password".equals(key)
                    ? new StringBuilder(value.toString()).reverse().toString()
                    : value;
        }

        @Override
        public String getProperty(String key) {
            return (String) get(key);
        }
    }

    /** Throws where the driver does not look. */
    private static final class Refusing extends Properties {

        Refusing() {
            setProperty("user", "clerk");
            setProperty("password", "pencil");
        }

        @Override
        public java.util.Set<String> stringPropertyNames() {
            throw new UnsupportedOperationException("no names");
        }
    }

    private void dataSource() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(URL);
        source.setUser("clerk");
        source.setPassword("pencil");
        visit("data source", source::getConnection);
        visit("data source with credentials", () -> source.getConnection("auditor", "pen"));
        visit("data source without them again", source::getConnection);
        visit("data source with wrong ones", () -> source.getConnection("auditor", "pencil"));
        visit("data source after a change of user", () -> {
            source.setUser("auditor");
            source.setPassword("pen");
            return source.getConnection();
        });
        visit("data source after a change of URL", () -> {
            source.setURL(URL + ";SCHEMA=LEDGER");
            return source.getConnection();
        });
        visit("data source after a wrong password", () -> {
            source.setPassword("wrong");
            return source.getConnection();
        });
        visit("data source with the right one again", () -> {
            source.setPassword("pen");
            return source.getConnection();
        });
        visit("data source without a URL", () -> new JdbcDataSource().getConnection());
        visit("another data source of the same kind", () -> {
            JdbcDataSource twin = new JdbcDataSource();
            twin.setURL(URL);
            twin.setUser("clerk");
            twin.setPassword("pencil");
            return twin.getConnection();
        });
    }
}
