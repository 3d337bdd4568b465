package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements and results begin and end as the driver's do. */
class StatementLifeTest {

    private static final String URL = "jdbc:h2:mem:life;DB_CLOSE_DELAY=-1";

    private final Engine engine = Engine.builder(URL).size(1).build();

    @AfterEach
    void close() {
        assertThat(engine.accidents()).isZero();
        engine.close();
    }

    @Test
    void every_end_comes_when_the_driver_s_own_would() throws Exception {
        List<String> plain = life(DriverManager.getConnection(URL));

        assertThat(life(engine.getConnection())).isEqualTo(plain);
        assertThat(life(engine.getConnection())).isEqualTo(plain);
        assertThat(engine.stats().opened()).isEqualTo(1); // a closed statement says itself that it is closed
    }

    @Test
    void a_timeout_of_statements_does_not_outlive_the_lease() throws Exception {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement();
                Statement second = c.createStatement()) {
            st.setQueryTimeout(7);
            assertThat(second.getQueryTimeout()).isEqualTo(7);
        }
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            assertThat(st.getQueryTimeout()).isZero();
        }
        assertThat(engine.stats().opened()).isEqualTo(1);
    }

    @Test
    void a_connection_of_which_another_thread_cancelled_a_statement_is_not_lent_again() throws Exception {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            st.cancel();
        }
        assertThat(engine.stats().idle()).isEqualTo(1);
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            CompletableFuture.runAsync(() -> cancel(st)).join();
        }
        assertThat(engine.stats().idle()).isZero();
    }

    @Test
    void a_handle_is_a_key_of_its_own() throws Exception {
        Map<Connection, String> names = new HashMap<>();
        Connection first = engine.getConnection();
        try (Connection second = engine.getConnection()) {
            names.put(first, "first");
            names.put(second, "second");
            first.setAutoCommit(false);
            assertThat(names.get(first)).isEqualTo("first");
            assertThat(names.get(second)).isEqualTo("second");
            assertThat(first).isNotEqualTo(second);
            first.close();
            assertThat(names.get(first)).isEqualTo("first");
        }
        try (Connection third = engine.getConnection()) {
            assertThat(names).doesNotContainKey(third);
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<String> life(Connection c) throws SQLException {
        List<String> told = new ArrayList<>();
        Statement st = c.createStatement();
        ResultSet first = st.executeQuery("select 1");
        ResultSet second = st.executeQuery("select 2");
        told.add("executed again: " + first.isClosed() + second.isClosed() + st.isClosed());
        told.add("of the first: " + outcome(first::getStatement));
        told.add("of the second: " + (second.getStatement() == st));
        told.add("more: " + st.getMoreResults() + second.isClosed());

        Statement completing = c.createStatement();
        completing.closeOnCompletion();
        told.add("closes on completion: " + completing.isCloseOnCompletion() + st.isCloseOnCompletion());
        ResultSet only = completing.executeQuery("select 1");
        told.add("before: " + completing.isClosed());
        only.close();
        told.add("after: " + completing.isClosed() + outcome(() -> completing.executeQuery("select 1")));

        PreparedStatement ps = c.prepareStatement("select ?");
        ps.setInt(1, 1);
        ResultSet rows = ps.executeQuery();
        ps.close();
        ps.close();
        told.add("closed: " + ps.isClosed() + rows.isClosed() + outcome(rows::next) + outcome(ps::executeQuery));

        ResultSet tables = c.getMetaData().getTables(null, null, "NONE", null);
        Statement own = tables.getStatement();
        told.add("of the description: " + (own == null) + (own == tables.getStatement()));
        ResultSet elements = c.createArrayOf("INTEGER", new Object[] {1}).getResultSet();
        told.add("of the array: " + outcome(() -> elements.getStatement() == null));
        told.add("negative timeout: "
                + outcome(() -> {
                    st.setQueryTimeout(-1);
                    return "set";
                }));
        c.close();
        told.add("connection closed: " + outcome(() -> st.executeQuery("select 1")) + c.isClosed());
        return told;
    }

    private interface Call {
        Object run() throws SQLException;
    }

    private static String outcome(Call call) {
        try {
            return String.valueOf(call.run());
        } catch (SQLException failure) {
            return failure.getClass().getName() + " " + failure.getSQLState() + " " + failure.getMessage();
        }
    }
}
