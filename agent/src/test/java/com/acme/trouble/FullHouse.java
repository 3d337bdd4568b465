package com.acme.trouble;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import com.mysql.cj.jdbc.MysqlDataSource;
import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Comes to a server that takes few connections, each time with other settings, in every way there is: one connection
 * after the other, then as many at once as there is room for, and one more. Arguments: the URL, how many there is room
 * for.
 */
public final class FullHouse {

    /** In which it comes. */
    public static final int WAYS = 5;

    /** How many more than there is room for it opens one after the other. */
    public static final int MORE = 3;

    private static final String USER = "auditor";
    private static final String PASSWORD = "pen";
    private static final int MOST_ATTEMPTS = 500;

    private final String url;
    private final int room;
    private final Script script = new Script("full");
    private int different;

    private FullHouse(String url, int room) {
        this.url = url;
        this.room = room;
    }

    public static void main(String... arguments) throws Exception {
        FullHouse house = new FullHouse(arguments[0], Integer.parseInt(arguments[1]));
        house.visit("DriverManager", (name, value) -> DriverManager.getConnection(house.url, properties(name, value)));
        Driver driver = DriverManager.getDriver(house.url);
        house.visit("driver", (name, value) -> driver.connect(house.url, properties(name, value)));
        house.visit("data source", (name, value) -> house.source(name, value).getConnection());
        house.visit(
                "data source, explicit",
                (name, value) -> house.source(name, value).getConnection(USER, PASSWORD));
        List<Engine> engines = new ArrayList<>();
        house.visit("engine", (name, value) -> {
            Engine engine = Engine.builder(house.url)
                    .user(USER)
                    .password(PASSWORD)
                    .property(name, value)
                    .build();
            engines.add(engine);
            return engine.getConnection();
        });
        engines.forEach(Engine::close);
    }

    /** Opens a connection with one more property. */
    private interface Opener {
        Connection open(String name, String value) throws SQLException;
    }

    private static Properties properties(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", PASSWORD);
        properties.setProperty(name, value);
        return properties;
    }

    private DataSource source(String name, String value) throws SQLException {
        String its = url + (url.indexOf('?') < 0 ? "?" : "&") + name + "=" + value;
        if (url.startsWith("jdbc:mariadb:")) {
            MariaDbDataSource source = new MariaDbDataSource(its);
            source.setUser(USER);
            source.setPassword(PASSWORD);
            return source;
        }
        if (url.startsWith("jdbc:mysql:")) {
            MysqlDataSource source = new MysqlDataSource();
            source.setURL(its);
            source.setUser(USER);
            source.setPassword(PASSWORD);
            return source;
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(its);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    private Connection open(Opener way) throws SQLException {
        String name = url.startsWith("jdbc:postgresql:") ? "ApplicationName" : "connectionAttributes";
        return way.open(name, "program:" + different++);
    }

    private void visit(String name, Opener way) throws Exception {
        for (int i = 0; i < room + MORE; i++) {
            script.step(name + ", one after the other, " + i, () -> {
                try (Connection connection = open(way)) {
                    return Database.value(connection, "select 1");
                }
            });
        }
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < room; i++) {
            all.add(openAtLast(way));
        }
        script.step(name + ", one more", () -> open(way));
        for (Connection connection : all) {
            connection.close();
        }
        try (Connection connection = openAtLast(way)) {
            script.step(name + ", afterwards", () -> Database.value(connection, "select 1"));
        }
    }

    /** A server counts a connection until it has noticed that it is closed. */
    private Connection openAtLast(Opener way) throws Exception {
        for (int i = 1; ; i++) {
            try {
                return open(way);
            } catch (SQLException notYet) {
                if (i == MOST_ATTEMPTS) {
                    throw notYet;
                }
                Thread.sleep(10);
            }
        }
    }
}
