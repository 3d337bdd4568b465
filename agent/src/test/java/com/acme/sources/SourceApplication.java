package com.acme.sources;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.hsqldb.server.Server;

/**
 * One database after the other: arguments are pairs of a {@link Place} and its URL. Prints what came out, and how many
 * sessions the server had for it.
 */
public final class SourceApplication {

    private static final int REQUESTS = 12;

    private final Place place;
    private final String url;
    private final Script script;

    private SourceApplication(Place place, String url) {
        this.place = place;
        this.url = url;
        this.script = new Script(place.name());
    }

    public static void main(String... placesAndUrls) throws Exception {
        for (int i = 0; i < placesAndUrls.length; i += 2) {
            Place place = Place.valueOf(placesAndUrls[i]);
            if (place == Place.HSQLDB) {
                playServed(placesAndUrls[i + 1]);
            } else {
                new SourceApplication(place, placesAndUrls[i + 1]).play();
            }
        }
    }

    /** HSQLDB's server comes with its driver. */
    private static void playServed(String database) throws Exception {
        Server server = new Server();
        server.setLogWriter(null);
        server.setErrWriter(null);
        try (ServerSocket free = new ServerSocket(0)) {
            server.setPort(free.getLocalPort());
        }
        server.setDatabaseName(0, database);
        server.setDatabasePath(0, "mem:" + database);
        server.start();
        try {
            String url = "jdbc:hsqldb:hsql://localhost:" + server.getPort() + "/" + database;
            new SourceApplication(Place.HSQLDB, url).play();
        } finally {
            server.shutdown();
        }
    }

    private void play() throws Exception {
        if (place == Place.H2) {
            createUsers("sa", "clerk", "auditor");
        } else if (place == Place.HSQLDB) {
            createUsers("SA", "\"clerk\"", "\"auditor\"");
        }
        newSourcePerRequest();
        users();
        passwords();
        routing();
        wrapped();
        xa();
    }

    private void createUsers(String owner, String clerk, String auditor) throws SQLException {
        try (Connection connection = place.source(url, owner, "").getConnection()) {
            Database.execute(connection, "create user " + clerk + " password 'pencil' admin");
            Database.execute(connection, "create user " + auditor + " password 'pen' admin");
        }
    }

    private DataSource clerk() throws SQLException {
        return place.source(url, "clerk", "pencil");
    }

    private DataSource auditor() throws SQLException {
        return place.source(url, "auditor", "pen");
    }

    /** A call for a connection. */
    private interface Opener {
        Connection open() throws Exception;
    }

    private Object session(Opener opener) throws Exception {
        return answer(opener, place.sessionQuery);
    }

    private Object user(Opener opener) throws Exception {
        return answer(opener, place.userQuery);
    }

    private static Object answer(Opener opener, String query) throws Exception {
        try (Connection connection = opener.open()) {
            return Database.value(connection, query);
        }
    }

    private void newSourcePerRequest() throws Exception {
        Set<Object> sessions = new HashSet<>();
        Set<Object> users = new TreeSet<>();
        for (int i = 0; i < REQUESTS; i++) {
            sessions.add(session(() -> clerk().getConnection()));
            users.add(user(() -> clerk().getConnection()));
        }
        script.count("a new source per request", sessions.size());
        script.step("a new source per request", () -> users);

        sessions.clear();
        users.clear();
        for (int i = 0; i < REQUESTS; i++) {
            sessions.add(session(() -> clerk().getConnection("auditor", "pen")));
            users.add(user(() -> clerk().getConnection("auditor", "pen")));
        }
        script.count("credentials per request", sessions.size());
        script.step("credentials per request", () -> users);
    }

    private void users() throws Exception {
        Set<Object> clerks = new HashSet<>();
        Set<Object> auditors = new HashSet<>();
        for (int i = 0; i < REQUESTS; i++) {
            clerks.add(session(() -> clerk().getConnection()));
            auditors.add(session(() -> auditor().getConnection()));
        }
        script.step("two users share nothing", () -> !clerks.removeAll(auditors));
        script.step("one source, two users", () -> {
            DataSource source = clerk();
            return user(source::getConnection) + " " + user(() -> source.getConnection("auditor", "pen")) + " "
                    + user(source::getConnection);
        });
    }

    private void passwords() throws Exception {
        script.step(
                "a wrong password",
                () -> user(() -> place.source(url, "clerk", "wrong").getConnection()));
        script.step("the right one again", () -> user(() -> clerk().getConnection()));
        script.step("none", () -> user(() -> place.source(url, "clerk", null).getConnection()));
        script.step("a wrong one per call", () -> user(() -> clerk().getConnection("clerk", "wrong")));
        script.step("none per call", () -> user(() -> clerk().getConnection("clerk", null)));
        script.step("another user's", () -> user(() -> clerk().getConnection("clerk", "pen")));
        DataSource source = clerk();
        Method setter = source.getClass().getMethod("setPassword", String.class);
        script.step("right", () -> user(source::getConnection));
        script.step("set to a wrong one", () -> {
            setter.invoke(source, "wrong");
            return user(source::getConnection);
        });
        script.step("set right again", () -> {
            setter.invoke(source, "pencil");
            return user(source::getConnection);
        });
    }

    private void routing() throws Exception {
        Routing routing = new Routing(clerk(), auditor());
        Set<Object> sessions = new HashSet<>();
        for (int i = 0; i < REQUESTS; i++) {
            sessions.add(session(routing::getConnection));
        }
        script.count("routing", sessions.size());
        for (int i = 0; i < 4; i++) {
            script.step("routing " + i, () -> user(routing::getConnection));
        }
        script.step("its class", () -> routing.getClass().getName());
    }

    /** A subclass that the application wrote: it does something to each connection. */
    private void wrapped() throws Exception {
        if (place != Place.MARIADB) {
            return;
        }
        org.mariadb.jdbc.MariaDbDataSource source = new org.mariadb.jdbc.MariaDbDataSource(url) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                Database.execute(connection, "set @tenant = 'acme'");
                return connection;
            }
        };
        source.setUser("clerk");
        source.setPassword("pencil");
        for (int i = 0; i < 3; i++) {
            script.step("tenant " + i, () -> answer(source::getConnection, "select @tenant"));
        }
    }

    private void xa() throws Exception {
        XADataSource source;
        switch (place) {
            case POSTGRES:
                org.postgresql.xa.PGXADataSource postgres = new org.postgresql.xa.PGXADataSource();
                postgres.setURL(url);
                source = postgres;
                break;
            case MYSQL:
                com.mysql.cj.jdbc.MysqlXADataSource mysql = new com.mysql.cj.jdbc.MysqlXADataSource();
                mysql.setURL(url);
                source = mysql;
                break;
            case HSQLDB:
                org.hsqldb.jdbc.pool.JDBCXADataSource hsqldb = new org.hsqldb.jdbc.pool.JDBCXADataSource();
                hsqldb.setUrl(url);
                hsqldb.setUser("clerk");
                hsqldb.setPassword("pencil");
                source = hsqldb;
                break;
            default:
                source = (XADataSource) clerk();
                break;
        }
        Set<Object> sessions = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            XAConnection xa = source.getXAConnection("clerk", "pencil");
            sessions.add(session(xa::getConnection));
            script.step("xa " + i, () -> xa.getClass().getName());
            xa.close();
        }
        script.count("xa", sessions.size());
    }
}
