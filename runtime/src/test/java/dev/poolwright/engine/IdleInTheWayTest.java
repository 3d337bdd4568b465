package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements that need their database alone do not find our idle connections there. */
class IdleInTheWayTest {

    private static final String URL = "jdbc:h2:mem:in-the-way;DB_CLOSE_DELAY=-1";

    private final Engine engine =
            Engine.builder(URL).user("sa").password("").size(3).build();

    @AfterEach
    void close() {
        assertThat(engine.accidents()).isZero();
        engine.close();
    }

    @Test
    void idle_connections_are_closed_before_the_statement_and_lent_ones_at_their_return() throws Exception {
        Connection lent = engine.getConnection();
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            engine.getConnection().close();
            assertThat(engine.stats().idle()).isEqualTo(1);
            st.execute("create user if not exists joe password 'x'");
            assertThat(engine.stats().idle()).isEqualTo(1);
            st.execute("/* old */ drop user joe");
            assertThat(engine.stats().idle()).isZero();
        }
        lent.close();
        assertThat(engine.stats().idle()).isZero();
    }

    @Test
    void those_of_a_sibling_are_closed_as_well_and_by_a_sibling_s_statement() throws Exception {
        run(engine.getConnection(), "create user if not exists ann password 'x' admin");
        engine.getConnection("ann", "x").close();
        engine.getConnection().close();
        run(engine.getConnection(), "alter user ann set password 'x'");
        assertThat(sessions()).isEqualTo(1);

        engine.getConnection("sa", "").close();
        run(engine.getConnection("sa", ""), "alter user ann set password 'x'");
        assertThat(engine.stats().idle()).isZero();
    }

    @Test
    void a_failing_statement_has_the_driver_s_exception() throws Exception {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> st.execute("drop user nobody")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("NOBODY");
        }
    }

    private int sessions() throws SQLException {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement();
                java.sql.ResultSet rs = st.executeQuery("select count(*) from information_schema.sessions")) {
            rs.next();
            return rs.getInt(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Connection c = connection;
                Statement st = c.createStatement()) {
            st.execute(sql);
        }
    }
}
