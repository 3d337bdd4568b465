package dev.poolwright.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.xa.PGXADataSource;

/** Engines over a data source or a driver instead of a URL. */
class SourcesTest {

    private static JdbcDataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        return source;
    }

    /** Has no getters; remembers who was asked for. */
    private static final class Plain implements DataSource {

        private final String url;
        private final List<String> users = new ArrayList<>();

        Plain(String url) {
            this.url = url;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return getConnection(null, null);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            users.add(user);
            return DriverManager.getConnection(url, user, password);
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }

    @Test
    void a_data_source_is_asked_once_for_each_connection_and_named_by_its_url() throws SQLException {
        try (Engine engine = Engine.builder(h2("source")).size(1).build()) {
            assertThat(engine.stats().opened()).isZero();
            for (int i = 0; i < 3; i++) {
                try (Connection connection = engine.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("select 1");
                }
            }
            assertThat(engine.stats().opened()).isEqualTo(1);
            assertThat(engine.info().name()).startsWith("h2:mem:source").endsWith("@sa");
            assertThat(engine.info().system()).isEqualTo("h2database");
        }
    }

    @Test
    void credentials_of_the_builder_and_of_a_call_go_to_the_data_source() throws SQLException {
        Plain source = new Plain("jdbc:h2:mem:credentials;DB_CLOSE_DELAY=-1");
        try (Engine engine =
                Engine.builder(source).user("sa").password("secret").build()) {
            engine.getConnection().close();
            try (Connection connection = engine.getConnection("sa", "secret");
                    Statement statement = connection.createStatement()) {
                statement.execute("create user other password 'x' admin");
            }
            engine.getConnection("other", "x").close();
            engine.getConnection("other", "x").close();
            assertThatThrownBy(() -> engine.getConnection("other", "wrong")).isInstanceOf(SQLException.class);
        }
        assertThat(source.users).containsExactly("sa", "sa", "other", "other");
    }

    /** Derby refuses to close a connection in a transaction, and no other known database but DB2 does. */
    @Test
    void without_a_url_the_first_connection_says_which_dialect_it_is() throws SQLException {
        try (Engine engine = Engine.builder(new Plain("jdbc:derby:memory:learned;create=true"))
                .size(1)
                .overflow(0)
                .build()) {
            assertThat(engine.info().system()).isEqualTo("other_sql");
            assertThat(engine.info().name()).contains("Plain");
            Connection connection = engine.getConnection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table t (id int)");
            }
            assertThatThrownBy(connection::close).isInstanceOf(SQLException.class);
            assertThat(connection.isClosed()).isFalse();
            connection.rollback();
            connection.close();
            assertThat(engine.stats().idle()).isEqualTo(1);
        }
    }

    @Test
    void a_driver_needs_no_registration_and_says_which_urls_are_its_own() throws SQLException {
        org.h2.Driver driver = new org.h2.Driver();
        try (Engine engine = Engine.builder(driver, "jdbc:h2:mem:driver")
                .user("sa")
                .property("DB_CLOSE_DELAY", "-1")
                .build()) {
            engine.getConnection().close();
            assertThat(engine.stats().idle()).isEqualTo(1);
            assertThat(engine.info().system()).isEqualTo("h2database");
        }
        assertThatThrownBy(() -> Engine.builder(driver, "jdbc:postgresql://db/orders?password=secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("org.h2.Driver does not accept jdbc:postgresql://db/orders [PW-106]");
    }

    @Test
    void what_is_for_a_transaction_manager_is_refused() {
        assertThatThrownBy(() -> Engine.builder(new PGXADataSource()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("org.postgresql.xa.PGXADataSource has XA or pooled connections")
                .hasMessageContaining("PW-106");
        assertThatThrownBy(() -> Engine.builder(new PGConnectionPoolDataSource()))
                .hasMessageContaining("PW-106");
    }

    @Test
    void a_pool_is_refused_and_so_is_an_engine() {
        JdbcConnectionPool pool = JdbcConnectionPool.create(h2("pool"));
        assertThatThrownBy(() -> Engine.builder((DataSource) pool))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("org.h2.jdbcx.JdbcConnectionPool pools its connections already")
                .hasMessageContaining("PW-106");
        pool.dispose();
        try (Engine engine = Engine.builder("jdbc:h2:mem:engine").build()) {
            assertThatThrownBy(() -> Engine.builder(engine)).hasMessageContaining("PW-106");
        }
    }

    @Test
    void properties_are_the_data_source_s_to_set() {
        assertThatThrownBy(() -> Engine.builder(h2("properties")).property("ssl", "true"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ssl")
                .hasMessageContaining("PW-106");
    }
}
