package com.acme.ways;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;
import org.h2.jdbcx.JdbcDataSource;

/** Has hardly any permission, and needs none to be served. */
public final class Guarded {

    private static final String URL = "jdbc:h2:mem:guarded;DB_CLOSE_DELAY=-1";

    private Guarded() {}

    public static void main(String[] arguments) throws Exception {
        Script script = new Script("guarded");
        script.step("may not end the JVM", () -> {
            Runtime.getRuntime().addShutdownHook(new Thread());
            return "may";
        });
        Properties nobody = new Properties();
        for (int i = 0; i < 3; i++) {
            script.step("DriverManager " + i, () -> visit(DriverManager.getConnection(URL, "sa", "")));
            script.step("driver " + i, () -> visit(new org.h2.Driver().connect(URL, nobody)));
            script.step("data source " + i, () -> {
                JdbcDataSource source = new JdbcDataSource();
                source.setURL(URL);
                source.setUser("sa");
                return visit(source.getConnection());
            });
        }
        script.step("commit", () -> {
            try (Connection connection = DriverManager.getConnection(URL, "sa", "")) {
                connection.setAutoCommit(false);
                Database.execute(connection, "create table t (id int)");
                connection.commit();
                return connection.getMetaData().getDatabaseProductName();
            }
        });
        try (Connection connection = DriverManager.getConnection(URL, "sa", "")) {
            // H2 numbers its sessions; those that are over as well.
            script.count("sessions", Database.value(connection, "select session_id()"));
        }
    }

    private static String visit(Connection taken) throws Exception {
        try (Connection connection = taken) {
            Database.value(connection, "select 1");
            return connection.isValid(1) + " " + connection.getSchema();
        }
    }
}
