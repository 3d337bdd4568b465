package com.acme.shapes;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.util.HashSet;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;

/** Takes a connection for each order, from DriverManager and from the driver's data source, wherever its classes are. */
public final class Shop {

    private static final int ORDERS = 10;

    private final Script script;
    private final Database database;
    private final JdbcDataSource source = new JdbcDataSource();

    private Shop(String section) {
        script = new Script(section);
        database = Database.h2("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
        source.setURL(database.url());
        source.setUser("sa");
        source.setPassword("");
    }

    /** The one argument, if any, names the section of what is printed. */
    public static void main(String[] arguments) throws Exception {
        open(arguments.length == 0 ? "shop" : arguments[0]);
    }

    /** A day's work. */
    public static void open(String section) throws Exception {
        Class.forName("org.h2.Driver"); // as it was done before drivers announced themselves, and still is in OSGi
        Shop shop = new Shop(section);
        shop.sell();
        shop.close();
    }

    private void sell() {
        script.step("stock", () -> database.run("create table orders (id int primary key)"));
        script.step("orders", () -> {
            for (int i = 0; i < ORDERS; i++) {
                try (Connection connection = database.openNoted()) {
                    Database.execute(connection, "insert into orders values (" + i + ")");
                }
            }
            return database.query("select count(*) from orders");
        });
        script.step("orders by data source", () -> {
            Set<Object> sessions = new HashSet<>();
            for (int i = 0; i < ORDERS; i++) {
                try (Connection connection = source.getConnection()) {
                    sessions.add(database.session(connection));
                    Database.execute(connection, "insert into orders values (" + (ORDERS + i) + ")");
                }
            }
            script.count("sessions by data source", sessions.size());
            return database.query("select max(id) from orders");
        });
        script.step("an order twice", () -> database.run("insert into orders values (0)"));
        script.count("sessions", database.sessions());
    }

    private void close() {
        script.step("closing", () -> database.run("shutdown"));
    }
}
