package com.acme.ways;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.security.PrivilegedExceptionAction;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.security.auth.Subject;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Comes to its connections in every way but the plain one. Arguments: the port, a database of its own. */
public final class WaysApplication {

    private final String url;
    private final Set<Object> sessions = new HashSet<>();

    private WaysApplication(String url) {
        this.url = url;
    }

    public static void main(String[] arguments) throws Exception {
        WaysApplication application =
                new WaysApplication("jdbc:postgresql://localhost:" + arguments[0] + "/" + arguments[1]);
        Database.postgres(application.url, "clerk", "pencil")
                .run("create role " + tenant("north", arguments[1]), "create role " + tenant("south", arguments[1]));
        application.driver();
        application.context();
        application.wrappers();
        application.roles(arguments[1]);
        application.routing();
        application.pools();
        application.drivers();
    }

    /** Roles belong to the server. */
    private static String tenant(String name, String database) {
        return name + "_" + database;
    }

    private static Properties clerk() {
        Properties clerk = new Properties();
        clerk.setProperty("user", "clerk");
        clerk.setProperty("password", "pencil");
        return clerk;
    }

    /** Opens a connection. */
    private interface Opener {
        Connection open() throws Exception;
    }

    private void visit(Script script, String way, Opener opener) {
        for (String time : new String[] {"", ", again", ", and again"}) {
            script.step(way + time, () -> {
                try (Connection connection = opener.open()) {
                    sessions.add(Database.value(connection, "select pg_backend_pid()"));
                    return Database.value(
                                    connection,
                                    "select session_user || ' as ' || current_user || ' in ' ||"
                                            + " current_setting('application_name')")
                            + " " + connection.getAutoCommit() + " "
                            + Proxy.isProxyClass(connection.getClass());
                }
            });
        }
    }

    private void countSessions(Script script) {
        script.count("sessions", sessions.size());
        sessions.clear();
    }

    private void driver() {
        Script script = new Script("driver");
        Driver driver = new org.postgresql.Driver();
        visit(script, "asked directly", () -> driver.connect(url, clerk()));
        visit(script, "a driver per call", () -> new org.postgresql.Driver().connect(url, clerk()));
        visit(script, "credentials in the URL", () -> driver.connect(url + "?user=clerk&password=pencil", null));
        Properties till = clerk();
        till.setProperty("ApplicationName", "till");
        visit(script, "another application", () -> driver.connect(url, till));
        script.twice("a URL of somebody else", () -> driver.connect("jdbc:h2:mem:x", clerk()));
        script.twice("no URL", () -> driver.connect(null, clerk()));
        Properties thief = clerk();
        thief.setProperty("password", "pen");
        visit(script, "a wrong password", () -> driver.connect(url, thief));
        script.step("nobody listens", () -> driver.connect("jdbc:postgresql://localhost:1/none", clerk()));
        visit(script, "below DriverManager", () -> DriverManager.getConnection(url, clerk()));
        countSessions(script);
    }

    private void context() throws Exception {
        Script script = new Script("context");
        Driver driver = new org.postgresql.Driver();
        ClassLoader mine = new ClassLoader(WaysApplication.class.getClassLoader()) {};
        Thread.currentThread().setContextClassLoader(mine);
        script.twice("interrupted", () -> {
            Thread.currentThread().interrupt();
            try (Connection connection = driver.connect(url, clerk())) {
                return Thread.interrupted() + " " + connection.isValid(1);
            } finally {
                Thread.interrupted();
            }
        });
        script.twice("context class loader", () -> {
            try (Connection connection = driver.connect(url, clerk())) {
                return connection.isValid(1) + " " + (Thread.currentThread().getContextClassLoader() == mine);
            }
        });
        Thread.currentThread().setContextClassLoader(WaysApplication.class.getClassLoader());
        sessions.clear();
        Properties trusted = new Properties();
        trusted.setProperty("user", "postgres");
        for (int i = 0; i < 4; i++) {
            subject(new Subject(), () -> driver.connect(url, trusted));
            subject(new Subject(), () -> DriverManager.getConnection(url, trusted));
        }
        countSessions(script);
    }

    /** As an application that logs in by Kerberos: who it is, no property says. */
    @SuppressWarnings("removal") // its successor is not there on 17
    private void subject(Subject subject, Opener opener) throws Exception {
        sessions.add(Subject.doAs(subject, (PrivilegedExceptionAction<Object>) () -> {
            try (Connection connection = opener.open()) {
                return Database.value(connection, "select pg_backend_pid()");
            }
        }));
    }

    private void wrappers() throws Exception {
        Script script = new Script("wrappers");
        Driver own = DriverManager.getDriver(url);
        Driver named = new WrappingDriver(own, "spy:");
        DriverManager.registerDriver(named);
        // Under a name of their own: nobody else is to get a session whose settings were changed.
        Properties wrapped = clerk();
        wrapped.setProperty("ApplicationName", "wrapped");
        String spied = url.replace("jdbc:", "jdbc:spy:");
        visit(script, "by a URL of its own", () -> DriverManager.getConnection(spied, wrapped));
        visit(script, "by a URL of its own, directly", () -> named.connect(spied, wrapped));
        DriverManager.deregisterDriver(named);
        Driver silent = new WrappingDriver(own, "");
        DriverManager.deregisterDriver(own);
        DriverManager.registerDriver(silent);
        visit(script, "by the driver's URL", () -> DriverManager.getConnection(url, wrapped));
        visit(script, "by the driver's URL, directly", () -> silent.connect(url, wrapped));
        DriverManager.deregisterDriver(silent);
        DriverManager.registerDriver(own);
        visit(script, "no wrapper any more", () -> DriverManager.getConnection(url, clerk()));
        countSessions(script);
    }

    private PGSimpleDataSource source() {
        return configured(new PGSimpleDataSource());
    }

    private <T extends PGSimpleDataSource> T configured(T source) {
        source.setURL(url);
        source.setUser("clerk");
        source.setPassword("pencil");
        return source;
    }

    private void roles(String database) {
        Script script = new Script("roles");
        // Under a name of their own: nobody else is to get a session whose role was changed.
        PGSimpleDataSource inner = source();
        inner.setApplicationName("roles");
        DataSource around = new Sources.RoleAround(inner);
        Sources.RoleSource derived = configured(new Sources.RoleSource());
        derived.setApplicationName("roles");
        for (String name : new String[] {"north", "south", "north"}) {
            Sources.Routing.TENANT.set(tenant(name, database));
            visit(script, "around, " + name, around::getConnection);
            visit(script, "around, with credentials, " + name, () -> around.getConnection("clerk", "pencil"));
            visit(script, "derived, " + name, derived::getConnection);
            visit(script, "derived, with credentials, " + name, () -> derived.getConnection("clerk", "pencil"));
        }
        countSessions(script);
    }

    private void routing() {
        Script script = new Script("routing");
        PGSimpleDataSource auditors = source();
        auditors.setUser("auditor");
        auditors.setPassword("pen");
        PGSimpleDataSource tills = source();
        tills.setApplicationName("till");
        DataSource routing = new Sources.Routing(Map.of("clerk", source(), "auditor", auditors, "till", tills));
        for (String tenant : new String[] {"clerk", "auditor", "till", "clerk", "auditor"}) {
            Sources.Routing.TENANT.set(tenant);
            visit(script, tenant, routing::getConnection);
        }
        countSessions(script);
    }

    /** A pool takes its own, also where the application has just given one of the same kind back. */
    private void pools() {
        Script script = new Script("pools");
        DataSource source = source();
        visit(script, "before", source::getConnection);
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(2);
        config.setDataSource(source);
        Driver driver = new org.postgresql.Driver();
        try (HikariDataSource pool = new HikariDataSource(config)) {
            inPool(script, "over a data source", pool);
            visit(script, "beside it", source::getConnection);
        }
        visit(script, "by the driver", () -> driver.connect(url, clerk()));
        HikariConfig byUrl = new HikariConfig();
        byUrl.setMaximumPoolSize(2);
        byUrl.setJdbcUrl(url);
        byUrl.setUsername("clerk");
        byUrl.setPassword("pencil");
        try (HikariDataSource pool = new HikariDataSource(byUrl)) {
            inPool(script, "over a URL", pool);
            visit(script, "beside that", () -> DriverManager.getConnection(url, clerk()));
        }
    }

    private static void inPool(Script script, String name, HikariDataSource pool) {
        script.twice(name, () -> {
            try (Connection one = pool.getConnection();
                    Connection another = pool.getConnection()) {
                return kind(one) + " " + kind(another) + " "
                        + one.unwrap(PGConnection.class).getClass().getName() + " "
                        + another.unwrap(PGConnection.class).getClass().getName();
            }
        });
    }

    private static Object kind(Connection connection) throws Exception {
        return connection.getClass().getName() + " " + Database.value(connection, "select current_user");
    }

    private void drivers() throws Exception {
        Script script = new Script("drivers");
        Driver own = DriverManager.getDriver(url);
        DataSource source = source();
        DriverManager.deregisterDriver(own);
        visit(script, "the driver itself, not registered", () -> own.connect(url, clerk()));
        visit(script, "DriverManager without it", () -> DriverManager.getConnection(url, clerk()));
        visit(script, "its data source without it", source::getConnection);
        DriverManager.registerDriver(own);
        visit(script, "registered again", () -> DriverManager.getConnection(url, clerk()));
    }
}
