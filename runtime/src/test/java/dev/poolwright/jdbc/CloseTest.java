package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CloseTest {

    private final Engine engine =
            Engine.builder("jdbc:h2:mem:close;DB_CLOSE_DELAY=-1").size(1).build();

    @BeforeEach
    void create() throws SQLException {
        try (Connection c = engine.getConnection();
                Statement st = c.createStatement()) {
            st.execute("create table if not exists t (id int)");
            st.execute("delete from t");
        }
    }

    @AfterEach
    void close() {
        assertThat(engine.accidents()).isZero();
        engine.close();
    }

    @Test
    void uncommitted_work_is_rolled_back() throws Exception {
        Connection c = engine.getConnection();
        c.setAutoCommit(false);
        insert(c);
        c.close();
        assertThat(rows()).isZero();
    }

    @Test
    void the_transaction_ends_before_auto_commit_is_restored() throws Exception {
        Connection c = engine.getConnection();
        c.setAutoCommit(false);
        insert(c);
        c.close();
        try (Connection next = engine.getConnection()) {
            assertThat(next.getAutoCommit()).isTrue();
            assertThat(rows(next)).isZero();
        }
    }

    @Test
    void auto_commit_switched_off_by_sql_text_is_restored() throws Exception {
        Connection c = engine.getConnection();
        try (Statement st = c.createStatement()) {
            st.execute("set autocommit off");
        }
        insert(c);
        c.close();
        try (Connection next = engine.getConnection()) {
            assertThat(next.getAutoCommit()).isTrue();
            assertThat(rows(next)).isZero();
        }
    }

    @Test
    void a_second_close_does_nothing_to_the_next_borrower() throws Exception {
        Connection first = engine.getConnection();
        first.close();
        Connection second = engine.getConnection();
        first.close();
        assertThat(second.isClosed()).isFalse();
        assertThat(rows(second)).isZero();
        second.close();
        assertThat(engine.stats().idle()).isEqualTo(1);
    }

    @Test
    void a_hundred_threads_that_close_one_connection_give_it_back_once() throws Exception {
        Connection c = engine.getConnection();
        long closed = engine.stats().closed();
        CountDownLatch together = new CountDownLatch(1);
        List<CompletableFuture<Void>> closers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            closers.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            together.await();
                            c.close();
                        } catch (Exception failure) {
                            throw new IllegalStateException(failure);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        together.countDown();
        for (CompletableFuture<Void> closer : closers) {
            closer.get();
        }
        assertThat(engine.stats().idle()).isEqualTo(1);
        assertThat(engine.stats().leased()).isZero();
        assertThat(engine.stats().closed()).isEqualTo(closed);
    }

    @Test
    void nothing_got_from_a_closed_connection_reaches_the_next_borrower() throws Exception {
        Connection c = engine.getConnection();
        Statement st = c.createStatement();
        PreparedStatement ps = c.prepareStatement("insert into t values (1)");
        ResultSet rs = st.executeQuery("select 1");
        ResultSet tables = c.getMetaData().getTables(null, null, "T", null);
        c.close();

        assertThat(c.isClosed()).isTrue();
        assertThat(st.isClosed()).isTrue();
        assertThat(ps.isClosed()).isTrue();
        assertThat(rs.isClosed()).isTrue();
        assertThat(tables.isClosed()).isTrue();
        assertThat(c.isValid(1)).isFalse();
        assertThatThrownBy(ps::executeUpdate).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> st.executeQuery("select 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(rs::next).isInstanceOf(SQLException.class);
        assertThatThrownBy(c::createStatement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(90007));
        assertThatThrownBy(() -> c.setAutoCommit(false)).isInstanceOf(SQLException.class);
        assertThatThrownBy(c::commit).isInstanceOf(SQLException.class);
        assertThatCode(rs::close).doesNotThrowAnyException();
        assertThatCode(st::close).doesNotThrowAnyException();
        assertThat(rows()).isZero();
    }

    @Test
    void statements_left_open_are_closed_however_many() throws Exception {
        Connection c = engine.getConnection();
        PreparedStatement[] all = new PreparedStatement[200];
        for (int i = 0; i < all.length; i++) {
            all[i] = c.prepareStatement("select " + i);
        }
        Statement[] raws = new Statement[all.length];
        for (int i = 0; i < all.length; i++) {
            raws[i] = (Statement) ((Handle) all[i]).poolwrightRaw();
        }
        assertThat(((ConnectionHandle) c).openChildren()).hasSize(all.length);
        c.close();
        for (Statement each : raws) {
            assertThat(each.isClosed()).isTrue();
        }
    }

    @Test
    void a_connection_whose_raw_object_was_handed_out_is_not_lent_again() throws Exception {
        Connection c = engine.getConnection();
        JdbcConnection raw = c.unwrap(JdbcConnection.class);
        c.close();
        assertThat(raw.isClosed()).isTrue();
        assertThat(engine.stats().idle()).isZero();
    }

    @Test
    void a_close_by_another_thread_gives_the_connection_back() throws Exception {
        Connection c = engine.getConnection();
        insert(c);
        Thread closer = new Thread(() -> assertThatCode(c::close).doesNotThrowAnyException());
        closer.start();
        closer.join();
        assertThat(c.isClosed()).isTrue();
        assertThat(engine.stats().idle()).isEqualTo(1);
    }

    @Test
    void a_close_that_may_not_look_at_the_borrower_s_stack_gives_the_place_back() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<Connection> borrowed = new CompletableFuture<>();
        Thread borrower = new Thread() {
            @Override
            public void run() {
                try {
                    borrowed.complete(engine.getConnection());
                    closed.await();
                } catch (SQLException | InterruptedException failure) {
                    borrowed.completeExceptionally(failure);
                }
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                throw new SecurityException("as under a security manager");
            }
        };
        borrower.start();
        borrowed.get().close();
        closed.countDown();
        assertThat(engine.stats().leased()).isZero();
        assertThat(engine.stats().idle()).isZero();
    }

    @Test
    void a_connection_the_driver_gave_up_is_not_lent_again() throws Exception {
        Connection c = engine.getConnection();
        ((Connection) ((Handle) c).poolwrightRaw()).close();
        assertThat(c.isClosed()).isTrue();
        c.close();
        assertThat(engine.stats().idle()).isZero();
        assertThat(rows()).isZero();
    }

    @Test
    void abort_ends_the_connection_for_ever() throws Exception {
        Connection c = engine.getConnection();
        c.abort(Runnable::run);
        assertThat(c.isClosed()).isTrue();
        assertThatCode(c::close).doesNotThrowAnyException();
        assertThat(engine.stats().leased()).isZero();
        assertThat(engine.stats().idle()).isZero();
    }

    @Test
    void abort_leaves_the_other_connections_alone() throws Exception {
        Connection aborted = engine.getConnection();
        Connection other = engine.getConnection();
        aborted.abort(Runnable::run);
        other.close();
        assertThat(engine.stats().idle()).isEqualTo(1);
    }

    private void insert(Connection c) throws SQLException {
        try (Statement st = c.createStatement()) {
            st.executeUpdate("insert into t values (1)");
        }
    }

    private int rows() throws SQLException {
        try (Connection c = engine.getConnection()) {
            return rows(c);
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
