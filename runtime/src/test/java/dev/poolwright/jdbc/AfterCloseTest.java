package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is closed says what the driver's closed objects say, and reaches nobody. */
class AfterCloseTest {

    private static final String URL = "jdbc:h2:mem:after-close;DB_CLOSE_DELAY=-1";

    private final Engine pooled = Engine.builder(URL).build();
    private final Engine unpooled = Engine.builder(URL).withoutPool().build();

    @AfterEach
    void close() {
        assertThat(pooled.accidents()).isZero();
        pooled.close();
        unpooled.close();
    }

    @Test
    void calls_end_as_at_the_driver_s_own_objects() throws Exception {
        List<String> plain = outcomes(DriverManager.getConnection(URL));

        assertThat(outcomes(unpooled.getConnection())).isEqualTo(plain);
        List<String> lentAgain = outcomes(pooled.getConnection());
        // The driver's statement does not know that it is closed until it is used; ours were closed.
        lentAgain.replaceAll(outcome -> outcome.equals("isClosed: true") ? "isClosed: false" : outcome);
        assertThat(lentAgain).isEqualTo(plain);
    }

    @Test
    void one_idle_connection_is_closed_to_be_asked_and_no_more() throws Exception {
        Connection held = pooled.getConnection();
        for (int i = 0; i < 3; i++) {
            Connection c = pooled.getConnection();
            c.close();
            assertThatThrownBy(c::createStatement).isInstanceOf(SQLException.class);
            assertThatThrownBy(c::commit).isInstanceOf(SQLException.class);
        }
        held.close();
        assertThat(pooled.stats().opened()).isEqualTo(3);
        assertThat(pooled.stats().idle()).isEqualTo(2);
    }

    @Test
    void a_closed_handle_does_not_break_the_connection_of_the_next_borrower() throws Exception {
        Connection stale = pooled.getConnection();
        DatabaseMetaData staleMetaData = stale.getMetaData();
        stale.close();
        assertThatThrownBy(staleMetaData::getURL).isInstanceOf(SQLException.class);
        try (Connection next = pooled.getConnection();
                Statement st = next.createStatement()) {
            assertThatThrownBy(stale::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> staleMetaData.getTables(null, null, null, null))
                    .isInstanceOf(SQLException.class);
            assertThat(stale.unwrap(JdbcConnection.class).isClosed()).isTrue();
            assertThat(st.executeQuery("select 1").next()).isTrue();
        }
        assertThat(pooled.stats().idle()).isEqualTo(1);
    }

    @Test
    void without_an_idle_connection_the_dialect_knows_what_to_say() throws Exception {
        Connection stale = pooled.getConnection();
        stale.close();
        try (Connection next = pooled.getConnection()) {
            assertThatThrownBy(stale::createStatement).hasMessageContaining("already closed");
            assertThat(stale.isValid(1)).isFalse();
            assertThatThrownBy(() -> stale.setClientInfo("a", "b")).isInstanceOf(java.sql.SQLClientInfoException.class);
            assertThat(next.isValid(1)).isTrue();
        }
    }

    @Test
    void a_savepoint_of_a_closed_lease_reaches_nobody() throws Exception {
        Connection first = pooled.getConnection();
        first.setAutoCommit(false);
        Savepoint stale = first.setSavepoint("mine");
        first.close();

        try (Connection next = pooled.getConnection();
                Statement st = next.createStatement()) {
            st.execute("create table if not exists kept (id int)");
            next.setAutoCommit(false);
            Savepoint own = next.setSavepoint("mine");
            st.execute("insert into kept values (1)");
            assertThatThrownBy(() -> next.rollback(stale)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> next.releaseSavepoint(stale)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> first.rollback(stale)).isInstanceOf(SQLException.class);
            assertThat(stale.getSavepointName()).isEqualTo("mine");
            assertThat(st.executeUpdate("delete from kept")).isEqualTo(1);
            next.rollback(own);
            next.commit();
        }
        assertThat(pooled.stats().opened()).isEqualTo(1);
    }

    @Test
    void savepoints_do_on_their_own_connection_what_the_driver_s_do() throws Exception {
        assertThat(savepoints(pooled.getConnection())).isEqualTo(savepoints(DriverManager.getConnection(URL)));
    }

    private static List<String> savepoints(Connection c) throws SQLException {
        List<String> told = new ArrayList<>();
        try (Connection other = DriverManager.getConnection(URL)) {
            other.setAutoCommit(false);
            Savepoint foreign = other.setSavepoint();
            c.setAutoCommit(false);
            Savepoint unnamed = c.setSavepoint();
            Savepoint named = c.setSavepoint("n");
            outcome(told, "id", unnamed::getSavepointId);
            outcome(told, "id", named::getSavepointId);
            outcome(told, "name", unnamed::getSavepointName);
            outcome(told, "name", named::getSavepointName);
            outcome(told, "toString", () -> named.toString().replaceAll("\\d+", ""));
            outcome(told, "rollback", () -> nothing(() -> c.rollback(named)));
            outcome(told, "release", () -> nothing(() -> c.releaseSavepoint(named)));
            outcome(told, "released", () -> nothing(() -> c.rollback(named)));
            outcome(told, "null", () -> nothing(() -> c.rollback((Savepoint) null)));
            outcome(told, "foreign", () -> nothing(() -> c.rollback(foreign)));
            outcome(told, "unknown", () -> nothing(() -> c.rollback(new UnknownSavepoint())));
        }
        c.close();
        return told;
    }

    private static List<String> outcomes(Connection c) throws SQLException {
        List<String> told = new ArrayList<>();
        DatabaseMetaData metaData = c.getMetaData();
        Statement closed = c.createStatement();
        ResultSet closedRows = closed.executeQuery("select 1");
        outcome(told, "getConnection", () -> closed.getConnection() == c);
        closed.close();
        outcome(told, "getConnection", closed::getConnection);
        outcome(told, "getStatement", closedRows::getStatement);
        outcome(told, "getResultSet", closed::getResultSet);
        outcome(told, "unwrap", () -> c.unwrap(null));
        outcome(told, "unwrap", () -> c.unwrap(String.class));
        outcome(told, "unwrap", () -> closed.unwrap(null));
        outcome(told, "isWrapperFor", () -> c.isWrapperFor(null));
        outcome(told, "isWrapperFor", () -> c.isWrapperFor(String.class));
        outcome(told, "isWrapperFor", () -> c.isWrapperFor(c.getClass()));
        outcome(told, "isWrapperFor", () -> c.isWrapperFor(JdbcConnection.class));
        outcome(told, "setClientInfo", () -> nothing(() -> c.setClientInfo("nonsense", "x")));

        Statement st = c.createStatement();
        PreparedStatement ps = c.prepareStatement("select ?");
        ResultSet rs = st.executeQuery("select 1 as x");
        ResultSetMetaData description = rs.getMetaData();
        Array array = c.createArrayOf("INTEGER", new Object[] {1});
        c.close();

        outcome(told, "createStatement", c::createStatement);
        outcome(told, "commit", () -> nothing(c::commit));
        outcome(told, "getAutoCommit", c::getAutoCommit);
        outcome(told, "setAutoCommit", () -> nothing(() -> c.setAutoCommit(true)));
        outcome(told, "setReadOnly", () -> nothing(() -> c.setReadOnly(true)));
        outcome(told, "getWarnings", c::getWarnings);
        outcome(told, "getMetaData", c::getMetaData);
        outcome(told, "setClientInfo", () -> nothing(() -> c.setClientInfo("ApplicationName", "x")));
        outcome(told, "setClientInfo", () -> nothing(() -> c.setClientInfo(new Properties())));
        outcome(told, "isValid", () -> c.isValid(1));
        outcome(told, "isValid", () -> c.isValid(-1));
        outcome(told, "isWrapperFor", () -> c.isWrapperFor(String.class));
        outcome(told, "unwrap", () -> c.unwrap(JdbcConnection.class).isClosed());
        outcome(told, "unwrap", () -> c.unwrap(String.class));
        outcome(told, "isClosed", st::isClosed);
        outcome(told, "getConnection", () -> st.getConnection() == c || st.getConnection() == null);
        outcome(told, "execute", () -> st.execute("select 1"));
        outcome(told, "getMaxRows", st::getMaxRows);
        outcome(told, "getResultSet", st::getResultSet);
        outcome(told, "setQueryTimeout", () -> nothing(() -> st.setQueryTimeout(1)));
        outcome(told, "cancel", () -> nothing(st::cancel));
        outcome(told, "executeBatch", st::executeBatch);
        outcome(told, "executeQuery", ps::executeQuery);
        outcome(told, "setInt", () -> nothing(() -> ps.setInt(1, 1)));
        outcome(told, "next", rs::next);
        outcome(told, "getInt", () -> rs.getInt(1));
        outcome(told, "getStatement", rs::getStatement);
        outcome(told, "getMetaData", rs::getMetaData);
        outcome(told, "getColumnCount", description::getColumnCount);
        outcome(told, "getTableName", () -> description.getTableName(1));
        outcome(told, "getArray", array::getArray);
        outcome(told, "free", () -> nothing(array::free));
        outcome(told, "getDatabaseProductName", metaData::getDatabaseProductName);
        outcome(told, "getDatabaseProductVersion", metaData::getDatabaseProductVersion);
        outcome(told, "supportsTransactions", metaData::supportsTransactions);
        outcome(told, "getURL", metaData::getURL);
        outcome(told, "getConnection", () -> metaData.getConnection() == c);
        outcome(told, "close", () -> nothing(st::close));
        outcome(told, "close", () -> nothing(rs::close));
        outcome(told, "execute", () -> st.execute("select 1"));
        outcome(told, "close", () -> nothing(c::close));
        outcome(told, "abort", () -> nothing(() -> c.abort(Runnable::run)));
        return told;
    }

    private interface Call {
        Object run() throws Exception;
    }

    private interface Effect {
        void run() throws SQLException;
    }

    private static Object nothing(Effect effect) throws SQLException {
        effect.run();
        return "done";
    }

    private static void outcome(List<String> told, String name, Call call) {
        String result;
        try {
            result = String.valueOf(call.run());
        } catch (SQLException failure) {
            result = failure.getClass().getName() + " " + failure.getSQLState() + " " + failure.getErrorCode() + " "
                    + failure.getMessage();
        } catch (Exception failure) {
            result = failure.toString();
        }
        told.add(name + ": " + result);
    }

    private static final class UnknownSavepoint implements Savepoint {
        @Override
        public int getSavepointId() {
            return 0;
        }

        @Override
        public String getSavepointName() {
            return "unknown";
        }

        @Override
        public String toString() {
            return "unknown";
        }
    }
}
