package com.acme.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import dev.poolwright.session.Change;
import dev.poolwright.session.SessionFactory;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What the README shows, run. */
class ReadmeExamplesTest {

    /** Stands in for the server of the README. */
    private static final class Stand implements Driver {

        private int connects;

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            if (!acceptsURL(url)) {
                return null;
            }
            connects++;
            assertThat(info.getProperty("user")).isEqualTo("app");
            return new org.h2.Driver().connect("jdbc:h2:mem:readme;DB_CLOSE_DELAY=-1", new Properties());
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.equals("jdbc:postgresql://db/orders");
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger("stand");
        }
    }

    @Test
    @SuppressWarnings("try")
    void an_engine_lends_connections() throws SQLException {
        Stand stand = new Stand();
        Driver postgres = DriverManager.getDriver("jdbc:postgresql://db/orders");
        DriverManager.deregisterDriver(postgres);
        DriverManager.registerDriver(stand);
        String secret = "secret";
        try {
            // docs
            try (Engine engine = Engine.builder("jdbc:postgresql://db/orders")
                    .user("app")
                    .password(secret)
                    .size(5)
                    .overflow(10)
                    .checkoutTimeout(Duration.ofSeconds(30))
                    .build()) {
                try (Connection connection = engine.getConnection()) {
                    // ...
                }
            }
            // end
            assertThat(stand.connects).isEqualTo(1);
        } finally {
            DriverManager.deregisterDriver(stand);
            DriverManager.registerDriver(postgres);
        }
    }

    @Test
    void a_session_sends_what_was_added() throws SQLException {
        try (Engine engine =
                Engine.builder("jdbc:h2:mem:readme2;DB_CLOSE_DELAY=-1").build()) {
            try (Connection connection = engine.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table orders (customer int, total decimal(9, 2))");
                statement.execute("create table stock (article int, amount int)");
                statement.execute("insert into stock values (4711, 3)");
            }
            // docs
            SessionFactory sessions = SessionFactory.of(engine); // dev.poolwright.session
            sessions.inSession(session -> {
                session.add(Change.insert("orders").set("customer", 7).set("total", 12.50));
                session.add("update stock set amount = amount - 1 where article = ?", 4711);
                return session.flush().total(); // committed, or rolled back, when this returns or throws
            });
            // end
            try (Connection connection = engine.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select total, amount from orders, stock")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getDouble(1)).isEqualTo(12.5);
                assertThat(rows.getInt(2)).isEqualTo(2);
            }
        }
    }
}
