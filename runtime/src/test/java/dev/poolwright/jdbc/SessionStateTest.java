package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Reset;
import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every property that JDBC can set comes back as it was; a fake driver, because none supports them all. */
class SessionStateTest {

    private final FakeDriver driver = FakeDriver.register("state");
    private final Engine engine = Engine.builder(driver.url()).size(1).build();

    @AfterEach
    void close() throws SQLException {
        assertThat(engine.accidents()).isZero();
        engine.close();
        driver.deregister();
    }

    @Test
    void a_borrower_finds_every_property_as_in_a_new_connection() throws Exception {
        Connection c = engine.getConnection();
        c.setAutoCommit(false);
        c.setReadOnly(true);
        c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        c.setCatalog("other");
        c.setSchema("other");
        c.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        c.setTypeMap(java.util.Map.of("t", String.class));
        c.setNetworkTimeout(Runnable::run, 77);
        c.setClientInfo("ApplicationName", "changed");
        c.close();

        try (Connection next = engine.getConnection()) {
            assertThat(next.getAutoCommit()).isTrue();
            assertThat(next.isReadOnly()).isFalse();
            assertThat(next.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(next.getCatalog()).isEqualTo("catalog");
            assertThat(next.getSchema()).isEqualTo("schema");
            assertThat(next.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            assertThat(next.getTypeMap()).isEmpty();
            assertThat(next.getNetworkTimeout()).isZero();
            assertThat(next.getClientInfo()).isEqualTo(new Properties());
        }
        assertThat(engine.stats().opened()).isEqualTo(1);
    }

    @Test
    void defaults_are_read_only_before_the_first_change() throws Exception {
        engine.getConnection().close();
        assertThat(driver.calls("isReadOnly")).isZero();

        for (int i = 0; i < 3; i++) {
            Connection c = engine.getConnection();
            c.setReadOnly(true);
            c.close();
        }
        assertThat(driver.calls("isReadOnly")).isEqualTo(1);
        assertThat(driver.calls("setReadOnly")).isEqualTo(6);
    }

    @Test
    void an_untouched_connection_is_lent_again_at_once_unless_every_session_is_to_be_reset() throws Exception {
        try (Engine always =
                Engine.builder(driver.url()).size(1).reset(Reset.ALWAYS).build()) {
            always.getConnection().close();
            assertThat(always.stats().idle()).isZero();
        }
        engine.getConnection().close();
        assertThat(engine.stats().idle()).isEqualTo(1);
    }

    @Test
    void a_clean_borrow_asks_the_driver_nothing_at_close() throws Exception {
        Connection c = engine.getConnection();
        long before = driver.calls();
        c.close();
        assertThat(driver.calls() - before).isEqualTo(driver.calls("isClosed"));
    }

    @Test
    void what_cannot_be_brought_back_is_not_lent_again() throws Exception {
        driver.failOn("isReadOnly");
        Connection c = engine.getConnection();
        c.setReadOnly(true);
        c.close();
        assertThat(engine.stats().idle()).isZero();
        assertThat(driver.calls("close")).isEqualTo(1);
    }

    @Test
    void a_driver_that_lacks_the_getter_still_gets_the_setter() throws Exception {
        driver.lacks("getSchema");
        try (Connection c = engine.getConnection()) {
            c.setSchema("other");
        }
        assertThat(driver.calls("setSchema")).isEqualTo(1);
        assertThat(engine.stats().idle()).isZero();
    }

    @Test
    void a_type_map_that_was_changed_in_place_is_brought_back() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = engine.getConnection()) {
                Map<String, Class<?>> types = c.getTypeMap();
                assertThat(types).isEmpty();
                types.put("ORDERS", String.class);
            }
        }
        assertThat(engine.stats().opened()).isEqualTo(1);
    }

    @Test
    void what_was_found_invalid_is_not_lent_again() throws Exception {
        driver.invalidate();
        try (Connection c = engine.getConnection()) {
            assertThat(c.isValid(1)).isFalse();
        }
        assertThat(engine.stats().idle()).isZero();
    }

    @Test
    void a_failing_restoration_closes_the_connection_and_the_application_does_not_see_it() throws Exception {
        Connection c = engine.getConnection();
        c.setSchema("other");
        driver.failOn("setSchema");
        c.close();
        assertThat(engine.stats().idle()).isZero();
        assertThat(engine.stats().leased()).isZero();
    }

    @Test
    void work_in_a_transaction_is_rolled_back_and_then_auto_commit_restored() throws Exception {
        Connection c = engine.getConnection();
        c.setAutoCommit(false);
        c.setSavepoint("touches the server");
        driver.record();
        c.close();
        assertThat(driver.recorded()).containsSubsequence("rollback()", "setAutoCommit(true)", "clearWarnings()");
        assertThat(driver.recorded()).doesNotContain("commit()");
    }

    @Test
    void work_of_another_thread_during_a_commit_is_rolled_back_as_well() throws Exception {
        try (Connection c = engine.getConnection()) {
            c.setAutoCommit(false);
            driver.beforeReturn(
                    "commit", () -> CompletableFuture.runAsync(() -> work(c)).join());
            c.commit();
            driver.record();
        }
        assertThat(driver.recorded()).containsSubsequence("rollback()", "setAutoCommit(true)");
    }

    @Test
    void properties_set_by_two_threads_at_once_all_come_back() throws Exception {
        for (int round = 0; round < 5_000; round++) {
            Connection c = engine.getConnection();
            CountDownLatch started = new CountDownLatch(1);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                started.countDown();
                set(() -> c.setSchema("other"));
            });
            started.await();
            set(() -> c.setCatalog("other"));
            other.join();
            c.close();

            try (Connection next = engine.getConnection()) {
                assertThat(next.getSchema()).as("schema in round " + round).isEqualTo("schema");
                assertThat(next.getCatalog()).as("catalog in round " + round).isEqualTo("catalog");
            }
        }
    }

    @Test
    void a_property_another_thread_has_just_changed_is_not_taken_for_the_default() throws Exception {
        Connection c = engine.getConnection();
        driver.beforeNext(
                "getSchema",
                () -> CompletableFuture.runAsync(() -> set(() -> c.setSchema("first")))
                        .join());
        c.setSchema("second");
        c.close();

        try (Connection next = engine.getConnection()) {
            assertThat(next.getSchema()).isEqualTo("schema");
        }
    }

    @Test
    void every_borrower_sees_the_warnings_of_the_connect_and_none_of_another_borrower() throws Exception {
        driver.greetsWith("changed database context");
        for (int i = 0; i < 3; i++) {
            try (Connection c = engine.getConnection()) {
                assertThat(warnings(c)).containsExactly("changed database context 01000 5701");
                c.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY);
                assertThat(warnings(c))
                        .containsExactly("changed database context 01000 5701", "no such statement 01J02 0");
                c.clearWarnings();
                assertThat(warnings(c)).isEmpty();
                c.createStatement(ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_READ_ONLY);
                assertThat(warnings(c)).containsExactly("no such statement 01J02 0");
            }
        }
        assertThat(engine.stats().opened()).isEqualTo(1);
    }

    private static List<String> warnings(Connection c) throws SQLException {
        List<String> all = new ArrayList<>();
        for (SQLWarning each = c.getWarnings(); each != null; each = each.getNextWarning()) {
            all.add(each.getMessage() + " " + each.getSQLState() + " " + each.getErrorCode());
        }
        return all;
    }

    private interface Setting {
        void set() throws SQLException;
    }

    private static void set(Setting setting) {
        try {
            setting.set();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void work(Connection c) {
        try {
            c.setSavepoint();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
