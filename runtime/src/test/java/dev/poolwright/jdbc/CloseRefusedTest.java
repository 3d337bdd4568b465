package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derby refuses to close a connection in a transaction: the application has to see that, pooled or not. */
class CloseRefusedTest {

    private static final String URL = "jdbc:derby:memory:refused;create=true";

    private final Engine pooled = Engine.builder(URL).build();
    private final Engine unpooled = Engine.builder(URL).withoutPool().build();

    @BeforeEach
    void create() throws SQLException {
        try (Connection c = DriverManager.getConnection(URL);
                Statement st = c.createStatement()) {
            st.execute("create table t (id int)");
        }
    }

    @AfterEach
    void drop() {
        pooled.close();
        unpooled.close();
        SQLException dropped = catchThrowableOfType(
                SQLException.class, () -> DriverManager.getConnection("jdbc:derby:memory:refused;drop=true"));
        assertThat(dropped.getSQLState()).isEqualTo("08006");
    }

    private Engine engine(boolean pool) {
        return pool ? pooled : unpooled;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_driver_s_exception_is_thrown_and_the_connection_stays_open(boolean pool) throws SQLException {
        Connection c = engine(pool).getConnection();
        c.setAutoCommit(false);
        insert(c);

        SQLException ours = catchThrowableOfType(SQLException.class, c::close);
        assertThat(c.isClosed()).isFalse();
        assertSameAsPlain(ours);

        assertThat(rows(c)).as("the transaction is still there").isEqualTo(1);
        c.rollback();
        c.close();
        assertThat(c.isClosed()).isTrue();
        assertThatCode(c::close).as("a second time").doesNotThrowAnyException();
        assertThat(engine(pool).stats().leased()).isZero();
        try (Connection next = engine(pool).getConnection()) {
            assertThat(next.getAutoCommit()).isTrue();
            assertThat(rows(next)).isZero();
        }
    }

    private static void assertSameAsPlain(SQLException ours) throws SQLException {
        Connection plain = DriverManager.getConnection(URL);
        plain.setAutoCommit(false);
        plain.createStatement()
                .executeQuery("select count(*) from sys.systables")
                .next();
        SQLException theirs = catchThrowableOfType(SQLException.class, plain::close);
        plain.rollback();
        plain.close();
        assertThat(ours.getClass()).isEqualTo(theirs.getClass());
        assertThat(ours.getSQLState()).isEqualTo(theirs.getSQLState()).isEqualTo("25001");
        assertThat(ours.getErrorCode()).isEqualTo(theirs.getErrorCode());
        assertThat((Throwable) ours).hasMessage(theirs.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_transaction_that_has_ended_does_not_hinder(boolean pool) throws SQLException {
        Connection c = engine(pool).getConnection();
        c.setAutoCommit(false);
        insert(c);
        c.commit();
        c.close();
        Connection reader = engine(pool).getConnection();
        assertThat(rows(reader)).isEqualTo(1);
        reader.close();
        assertThat(engine(pool).stats().idle()).isEqualTo(pool ? 1 : 0);
        assertThat(engine(pool).stats().opened()).isEqualTo(pool ? 1 : 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void abort_ends_it_all_the_same(boolean pool) throws SQLException {
        Connection c = engine(pool).getConnection();
        c.setAutoCommit(false);
        insert(c);
        c.abort(Runnable::run);
        assertThat(c.isClosed()).isTrue();
        assertThat(engine(pool).stats().leased()).isZero();
        try (Connection next = engine(pool).getConnection()) {
            assertThat(rows(next)).isZero();
        }
    }

    private static void insert(Connection c) throws SQLException {
        try (Statement st = c.createStatement()) {
            st.executeUpdate("insert into t values (1)");
        }
    }

    private static int rows(Connection c) throws SQLException {
        try (Statement st = c.createStatement();
                ResultSet rs = st.executeQuery("select count(*) from t")) {
            rs.next();
            return rs.getInt(1);
        }
    }
}
