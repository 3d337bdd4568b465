package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    /** Runs {@code drop user joe} in some way, on a connection of its own. */
    private interface Dropping {
        void by(Connection connection) throws SQLException;
    }

    private static final String DROP = "drop user joe";

    static List<Named<Dropping>> ways() {
        return List.of(
                Named.of("prepared", connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(DROP)) {
                        statement.execute();
                    }
                }),
                Named.of("prepared, as an update", connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement(DROP, Statement.RETURN_GENERATED_KEYS)) {
                        statement.executeUpdate();
                    }
                }),
                Named.of("called", connection -> {
                    try (PreparedStatement statement = connection.prepareCall(DROP)) {
                        statement.executeLargeUpdate();
                    }
                }),
                Named.of("prepared, as a batch", connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(DROP)) {
                        statement.addBatch();
                        statement.executeBatch();
                    }
                }),
                Named.of("in a batch", connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.addBatch("create table if not exists t (id int)");
                        statement.addBatch(DROP);
                        statement.addBatch("drop table t");
                        statement.executeLargeBatch();
                    }
                }),
                Named.of("second of a text", connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.executeUpdate("set @a = 1; " + DROP);
                    }
                }),
                Named.of("after a text that is harmless", connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("call 1");
                        statement.execute("call 1");
                        statement.execute(DROP);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void idle_connections_are_closed_however_the_statement_comes(Dropping dropping) throws Exception {
        try (Connection connection = engine.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create user joe password 'x'");
            }
            engine.getConnection().close();
            assertThat(engine.stats().idle()).isEqualTo(1);

            dropping.by(connection);

            assertThat(engine.stats().idle()).isZero();
        }
    }

    /** H2 in the place of PostgreSQL, whose plans outlive the tables they were made for. */
    @Test
    void plans_are_replaced_after_a_statement_that_was_prepared_and_after_a_batch() throws Exception {
        try (Engine postgres = Engine.builder("jdbc:postgresql://db/orders")
                .connector(() -> DriverManager.getConnection(URL, "sa", ""))
                .build()) {
            try (Connection connection = postgres.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists plans (id int)");
                postgres.getConnection().close();
                assertThat(postgres.stats().idle()).isEqualTo(1);
                try (PreparedStatement alter = connection.prepareStatement("alter table plans add more int")) {
                    alter.execute();
                }
                assertThat(postgres.stats().idle()).isZero();

                postgres.getConnection().close();
                assertThat(postgres.stats().idle()).isEqualTo(1);
                statement.addBatch("alter table plans drop column more");
                statement.addBatch("drop table plans");
                statement.executeBatch();
                assertThat(postgres.stats().idle()).isZero();
            }
            assertThat(postgres.accidents()).isZero();
        }
    }

    @Test
    void a_batch_that_was_cleared_is_in_nobody_s_way() throws Exception {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement()) {
            engine.getConnection().close();
            statement.addBatch("drop user nobody");
            statement.clearBatch();
            statement.addBatch("create table if not exists u (id int)");
            statement.executeBatch();

            assertThat(engine.stats().idle()).isEqualTo(1);
        }
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
