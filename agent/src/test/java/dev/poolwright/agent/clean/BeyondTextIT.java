package dev.poolwright.agent.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What is not of SQL text and must not reach the next borrower either: settings of statements, and of the driver. */
class BeyondTextIT {

    private static Cleaned postgres;
    private static Cleaned mariaDb;

    @BeforeAll
    static void start() throws Exception {
        postgres = Cleaned.postgres();
        mariaDb = Cleaned.mariaDb();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into counted (name) select 'a' from generate_series(1, 50)");
        }
        try (Connection connection = mariaDb.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into counted (name) values ('a'), ('b'), ('c'), ('d'), ('e')");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
        mariaDb.close();
    }

    static Stream<String> urls() {
        String mysql = mariaDb.url().replace("jdbc:mariadb:", "jdbc:mysql:");
        return Stream.of(
                postgres.url(),
                postgres.url() + "?prepareThreshold=1",
                mariaDb.url(),
                mariaDb.url() + "&useServerPrepStmts=true&cachePrepStmts=true",
                mysql,
                mysql + "&useServerPrepStmts=true&cachePrepStmts=true",
                mysql + "&cachePrepStmts=true");
    }

    @ParameterizedTest
    @MethodSource("urls")
    void statements_start_with_the_settings_of_new_ones(String url) throws Exception {
        String sql = "select id from counted where id > ? order by id";
        String expected;
        try (Engine plain = engine(url, true);
                Connection fresh = plain.getConnection()) {
            expected = settings(fresh, sql);
        }
        try (Engine engine = engine(url, false)) {
            for (int i = 0; i < 8; i++) { // often enough to be prepared on the server
                try (Connection connection = engine.getConnection()) {
                    assertThat(settings(connection, sql)).isEqualTo(expected);
                    PreparedStatement prepared = connection.prepareStatement(sql);
                    change(prepared);
                    prepared.setInt(1, 0);
                    prepared.executeQuery().next();
                    if (i % 2 == 0) {
                        prepared.close();
                    }
                    change(connection.createStatement());
                }
            }
            assertThat(engine.stats().opened()).isEqualTo(1);
        }
    }

    private static void change(Statement statement) throws SQLException {
        statement.setFetchSize(1);
        statement.setMaxRows(2);
        statement.setQueryTimeout(33);
        statement.setMaxFieldSize(3);
        statement.setEscapeProcessing(false);
        statement.setPoolable(false);
        try {
            statement.setCursorName("left_over");
        } catch (SQLFeatureNotSupportedException without) {
            // Not every driver has named cursors.
        }
        statement.setFetchDirection(ResultSet.FETCH_FORWARD);
    }

    private static String settings(Connection connection, String sql) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(sql);
                Statement statement = connection.createStatement()) {
            int rows = 0;
            prepared.setInt(1, 0);
            try (ResultSet all = prepared.executeQuery()) {
                while (all.next()) {
                    rows++;
                }
            }
            return rows + ", " + settings(prepared) + ", " + settings(statement);
        }
    }

    private static String settings(Statement statement) throws SQLException {
        return statement.getFetchSize() + " " + statement.getMaxRows() + " " + statement.getQueryTimeout() + " "
                + statement.getMaxFieldSize() + " " + statement.isPoolable();
    }

    /** Something an application does with the driver's own interface. */
    private interface Use {
        void of(Connection connection) throws Exception;
    }

    static Stream<Use> vendorCalls() {
        return Stream.of(
                connection -> ((PGConnection) connection).setPrepareThreshold(1),
                connection -> ((PGConnection) connection).setDefaultFetchSize(7),
                connection -> ((PGConnection) connection).addDataType("box", org.postgresql.geometric.PGbox.class),
                connection -> ((PGConnection) connection).setAdaptiveFetch(true),
                connection -> ((PGConnection) connection).getCopyAPI(),
                connection -> ((PGConnection) connection).getLargeObjectAPI(),
                connection -> ((PGConnection) connection).getReplicationAPI(),
                BeyondTextIT::copyInAndOut,
                connection -> new CopyManager((BaseConnection) connection).copyIn("copy counted (name) from stdin"),
                BeyondTextIT::leaveLargeObjectOpen,
                connection -> ((BaseConnection) connection).execSQLUpdate("set statement_timeout = 12345"),
                connection -> connection
                        .unwrap(org.postgresql.jdbc.PgConnection.class)
                        .setPrepareThreshold(1));
    }

    private static void copyInAndOut(Connection connection) throws Exception {
        CopyManager copy = new CopyManager(connection.unwrap(BaseConnection.class));
        assertThat(copy.copyIn("copy counted (name) from stdin", new StringReader("copied\n")))
                .isEqualTo(1);
        StringWriter all = new StringWriter();
        copy.copyOut("copy (select name from counted where name = 'copied' limit 1) to stdout", all);
        assertThat(all).hasToString("copied\n");
    }

    private static void leaveLargeObjectOpen(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        LargeObjectManager objects = ((PGConnection) connection).getLargeObjectAPI();
        LargeObject object = objects.open(objects.createLO());
        object.write("left over".getBytes(StandardCharsets.US_ASCII));
        object.seek(0);
        assertThat(object.read(9)).asString(StandardCharsets.US_ASCII).isEqualTo("left over");
    }

    @Test
    void copying_and_large_objects_by_sql_leave_nothing_and_keep_the_connection() throws Exception {
        try (Engine engine = engine(postgres.url(), false)) {
            for (int i = 0; i < 5; i++) {
                try (Connection connection = engine.getConnection()) {
                    connection.setAutoCommit(false);
                    assertThat(Cleaned.answer(connection, "select loread(0, 1)"))
                            .startsWith("42704");
                    connection.rollback();
                    assertThat(Cleaned.answer(connection, "select lo_open(lo_create(0), 393216)"))
                            .isEqualTo("0\n");
                    connection.commit();
                    assertThat(Cleaned.answer(connection, "copy counted to program 'cat > /dev/null'"))
                            .isEqualTo("done");
                }
            }
            assertThat(engine.stats().opened()).isLessThan(4);
        }
    }

    @ParameterizedTest
    @MethodSource("vendorCalls")
    void what_a_vendor_s_method_sets_ends_with_the_borrow(Use use) throws Exception {
        try (Engine engine = engine(postgres.url(), false)) {
            int backend;
            try (Connection connection = engine.getConnection()) {
                backend = ((PGConnection) connection).getBackendPID();
                use.of(connection);
            }
            try (Connection next = engine.getConnection()) {
                assertThat(((PGConnection) next).getBackendPID()).isNotEqualTo(backend);
            }
        }
    }

    @Test
    void a_query_through_a_vendor_s_method_is_read_like_any_other() throws Exception {
        try (Engine engine = engine(postgres.url(), false)) {
            for (int i = 0; i < 5; i++) {
                try (Connection connection = engine.getConnection()) {
                    assertThat(Cleaned.answer(connection, "show statement_timeout"))
                            .isEqualTo("0\n");
                    ((BaseConnection) connection)
                            .execSQLQuery("select set_config('statement_timeout', '12345', false)")
                            .close();
                }
            }
            assertThat(engine.stats().opened()).isEqualTo(2);
        }
    }

    @Test
    void notifications_that_nobody_took_are_not_for_the_next() throws Exception {
        try (Engine engine = engine(postgres.url(), false);
                Connection sender = postgres.connect()) {
            for (int i = 0; i < 5; i++) {
                try (Connection connection = engine.getConnection()) {
                    Cleaned.answer(connection, "listen news");
                    Cleaned.answer(sender, "notify news, 'for somebody'");
                    Cleaned.answer(connection, "select 1"); // brings it into the driver
                }
                try (Connection next = engine.getConnection()) {
                    assertThat(((PGConnection) next).getNotifications()).isNullOrEmpty();
                }
            }
            assertThat(engine.stats().resets()).isPositive();
        }
    }

    @Test
    void prepared_statements_of_the_driver_survive_a_setting_and_not_a_temporary_table() throws Exception {
        try (Engine engine = engine(postgres.url() + "?prepareThreshold=1", false)) {
            for (int i = 0; i < 3; i++) {
                use(engine, "set statement_timeout = 12345");
            }
            try (Connection connection = engine.getConnection()) {
                assertThat(prepared(connection)).isPositive();
            }
            use(engine, "create temp table left_over (a int)");
            try (Connection connection = engine.getConnection()) {
                assertThat(prepared(connection)).isZero();
            }
            use(engine, "set search_path = attic");
            use(engine, "set search_path = public");
            assertThat(engine.stats().opened()).isEqualTo(2);
        }
    }

    private static int prepared(Connection connection) throws SQLException {
        String count = "select count(*) from pg_prepared_statements where statement like 'select name%'";
        return Integer.parseInt(Cleaned.answer(connection, count).strip());
    }

    private static void use(Engine engine, String sql) throws SQLException {
        try (Connection connection = engine.getConnection();
                PreparedStatement prepared = connection.prepareStatement("select name from counted where id = ?")) {
            prepared.setInt(1, 1);
            prepared.executeQuery().close();
            Cleaned.answer(connection, sql);
        }
    }

    @Test
    void a_property_set_after_the_session_was_changed_comes_back_as_it_was() throws Exception {
        try (Engine engine = engine(postgres.url(), false)) {
            for (int i = 0; i < 5; i++) {
                try (Connection connection = engine.getConnection()) {
                    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                    assertThat(Cleaned.answer(connection, "show application_name"))
                            .isEqualTo("PostgreSQL JDBC Driver\n");
                    Cleaned.answer(
                            connection, "set session characteristics as transaction isolation level serializable");
                    Cleaned.answer(connection, "set application_name = 'somebody'");
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    connection.setClientInfo("ApplicationName", "somebody else");
                }
            }
            assertThat(engine.stats().opened()).isLessThan(4);
        }
    }

    private static Engine engine(String url, boolean plain) {
        var builder =
                Engine.builder(url).user("clerk").password("pencil").size(1).overflow(0);
        return (plain ? builder.withoutPool() : builder).build();
    }
}
