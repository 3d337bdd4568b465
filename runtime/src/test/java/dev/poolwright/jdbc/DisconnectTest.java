package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one borrower's lost connection means for the others, from the moment it is seen. */
class DisconnectTest {

    private final FakeDriver driver = FakeDriver.register("disconnect");
    private final Engine engine =
            Engine.builder(driver.url()).size(10).overflow(0).build();

    @AfterEach
    void close() throws SQLException {
        engine.close();
        driver.deregister();
    }

    private List<Connection> open(int count) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(engine.getConnection());
        }
        return all;
    }

    private void fail(Connection connection, String state) {
        driver.failOn("getSchema", state);
        assertThatThrownBy(connection::getSchema).isInstanceOf(SQLException.class);
        driver.recovers();
    }

    @Test
    void idle_elders_are_replaced_at_their_next_check_out_while_the_broken_one_is_still_lent() throws Exception {
        List<Connection> two = open(2);
        two.get(1).close();
        fail(two.get(0), "08006");

        try (Connection next = engine.getConnection()) {
            assertThat(next.isClosed()).isFalse();
            assertThat(engine.stats().opened()).isEqualTo(3);
            assertThat(engine.stats().closed()).isEqualTo(1);
        }
        assertThat(two.get(0).isClosed()).isFalse();
        two.get(0).close();
    }

    @Test
    void nine_that_are_lent_work_on_and_are_closed_when_they_come_back() throws Exception {
        List<Connection> ten = open(10);
        fail(ten.get(0), "08006");

        for (Connection other : ten.subList(1, 10)) {
            other.setAutoCommit(false);
            other.commit();
            assertThat(other.isClosed()).isFalse();
        }
        assertThat(engine.stats().closed()).isZero();
        for (Connection each : ten) {
            each.close();
        }
        assertThat(engine.stats().closed()).isEqualTo(10);
        assertThat(engine.stats().idle()).isZero();
        engine.getConnection().close();
        assertThat(engine.stats().idle()).isEqualTo(1);
    }

    @Test
    void what_was_opened_after_it_is_not_condemned_by_its_other_failures_or_its_close() throws Exception {
        List<Connection> two = open(2);
        fail(two.get(0), "08006");
        engine.getConnection().close(); // young
        fail(two.get(0), "08006");
        fail(two.get(1), "08006"); // of the same accident
        two.get(0).close();
        two.get(1).close();

        assertThat(engine.stats().idle()).isEqualTo(1);
        engine.getConnection().close();
        assertThat(engine.stats().opened()).isEqualTo(3);
    }

    @Test
    void a_failure_that_leaves_the_connection_alone_changes_nothing() throws Exception {
        List<Connection> two = open(2);
        fail(two.get(0), "23505");
        for (Connection each : two) {
            each.close();
        }
        assertThat(engine.stats().idle()).isEqualTo(2);
        assertThat(engine.stats().closed()).isZero();
    }

    @Test
    void a_question_whether_it_is_valid_that_is_answered_by_no_counts_as_one() throws Exception {
        List<Connection> two = open(2);
        two.get(1).close();
        driver.invalidate();
        assertThat(two.get(0).isValid(1)).isFalse();
        engine.getConnection().close();
        two.get(0).close();
        assertThat(engine.stats().opened()).isEqualTo(3);
    }
}
