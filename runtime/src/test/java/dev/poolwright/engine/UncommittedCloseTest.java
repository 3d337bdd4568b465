package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.acme.orders.ForgetfulDao;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.UncommittedClose;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A close with changes that were not committed is told, by the line that closes; whether connections are kept or not. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class UncommittedCloseTest {

    private final List<UncommittedClose> told = new ArrayList<>();
    private final List<UncommittedClose> logged = new ArrayList<>();
    private final Engine engine;

    UncommittedCloseTest(boolean pooled) {
        EngineBuilder builder = new EngineBuilder("jdbc:h2:mem:uncommitted;DB_CLOSE_DELAY=-1")
                .size(1)
                .uncommitted(logged::add)
                .listener(new EngineListener() {
                    @Override
                    public void closedUncommitted(UncommittedClose close) {
                        told.add(close);
                    }
                });
        engine = (pooled ? builder : builder.withoutPool()).build();
    }

    @BeforeEach
    void make() throws SQLException {
        run("create table if not exists orders(id int primary key)", "delete from orders");
    }

    @AfterEach
    void close() {
        assertThat(engine.accidents()).isZero();
        engine.close();
    }

    private void run(String... texts) throws SQLException {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    private void runInTransaction(String... texts) throws SQLException {
        ForgetfulDao.run(engine.getConnection(), texts);
    }

    @Test
    void is_told_with_the_line_and_counted() throws Exception {
        for (int i = 0; i < 12; i++) {
            runInTransaction("insert into orders values (1)");
        }
        assertThat(told).hasSize(12).allSatisfy(close -> {
            assertThat(close.site()).startsWith("com.acme.orders.ForgetfulDao.run(ForgetfulDao.java:");
            assertThat(close.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(close.wasCommitted()).isFalse();
        });
        assertThat(logged).extracting(UncommittedClose::count).containsExactly(1L, 10L);
        assertThat(logged.get(1).toString())
                .contains(" was closed 10 times with uncommitted changes at com.acme.orders.ForgetfulDao.run(")
                .endsWith("; they were rolled back, as the driver does. [PW-206]");
        assertThat(engine.uncommittedCloses()).hasSize(1).containsValue(12L);
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from orders")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void is_none_where_one_has_read_only() throws Exception {
        runInTransaction("select * from orders", "select * from orders for update", "values 1");
        assertThat(told).isEmpty();
    }

    @Test
    void is_none_where_what_was_written_has_ended_before() throws Exception {
        runInTransaction("insert into orders values (1)", "commit", "select * from orders");
        runInTransaction("insert into orders values (2)", "rollback", "select * from orders");
        runInTransaction("insert into orders values (3)", "create table other(id int)", "drop table other");
        run("insert into orders values (4)");
        assertThat(told).isEmpty();
    }

    @Test
    void is_none_after_a_commit_that_only_reads_follow_and_one_where_writes_do() throws Exception {
        try (Connection connection = engine.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into orders values (?)");
                PreparedStatement select = connection.prepareStatement("select * from orders")) {
            insert.setInt(1, 1);
            insert.executeUpdate();
            connection.setAutoCommit(false);
            select.executeQuery();
            connection.setAutoCommit(false);
        }
        assertThat(told).isEmpty();
        try (Connection connection = engine.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into orders values (?)");
                PreparedStatement select = connection.prepareStatement("select * from orders")) {
            connection.setAutoCommit(false);
            insert.setInt(1, 2);
            insert.executeUpdate();
            connection.commit();
            select.executeQuery();
        }
        assertThat(told).isEmpty();
        try (Connection connection = engine.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into orders values (?)")) {
            connection.setAutoCommit(false);
            insert.setInt(1, 3);
            insert.executeUpdate();
            connection.commit();
            insert.setInt(1, 4);
            insert.addBatch();
            insert.executeBatch();
            connection.setAutoCommit(false);
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void is_none_where_the_only_change_has_failed() throws Exception {
        run("insert into orders values (1)");
        assertThat(catchThrowable(() -> runInTransaction("insert into orders values (1)")))
                .isInstanceOf(SQLException.class);
        assertThat(told).isEmpty();
    }

    @Test
    void is_one_through_any_way_to_write() throws Exception {
        runInTransaction("delete from orders");
        runInTransaction("update orders set id = 2");
        runInTransaction("merge into orders values (3)");
        runInTransaction("select 1", "insert into orders select 4", "select 1");
        assertThat(told).hasSize(4);
    }

    @Test
    void of_one_borrower_is_not_the_next_one_s() throws Exception {
        runInTransaction("insert into orders values (1)");
        runInTransaction("select 1");
        assertThat(told).hasSize(1);
    }
}
