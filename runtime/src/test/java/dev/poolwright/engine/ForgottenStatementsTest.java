package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.orders.ForgetfulDao;
import dev.poolwright.event.Leak;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Statements that are left open while their connection lives on. */
class ForgottenStatementsTest {

    private static final int LIMIT = 20;

    /** The newest of a borrow are held, and so are never forgotten. */
    private static final int HELD = 8;

    private static final String FORGETS = "com.acme.orders.ForgetfulDao.forget(ForgetfulDao.java:";

    private final WatchedDriver driver = new WatchedDriver("jdbc:h2:mem:forgotten;DB_CLOSE_DELAY=-1");
    private final List<Leak> leaks = new ArrayList<>();
    private final Engine engine = new EngineBuilder("jdbc:h2:mem:forgotten;DB_CLOSE_DELAY=-1")
            .size(1)
            .openStatements(LIMIT)
            .connector(driver)
            .leaks(leaks::add)
            .build();

    @AfterEach
    void close() {
        assertThat(engine.accidents()).isZero();
        engine.close();
    }

    private static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void are_told_by_the_line_that_opened_them_and_those_that_close_theirs_are_not() throws Exception {
        try (Connection connection = engine.getConnection()) {
            for (int i = 0; i < LIMIT - 1; i++) {
                ForgetfulDao.forget(connection);
                use(connection);
            }
            assertThat(leaks).isEmpty();
            for (int i = 0; i < 2; i++) {
                ForgetfulDao.forget(connection);
                use(connection);
            }
            assertThat(leaks).singleElement().satisfies(leak -> {
                assertThat(leak.kind()).isEqualTo(Leak.Kind.STATEMENT);
                assertThat(leak.action()).isEqualTo(Leak.Action.REPORTED);
                assertThat(leak.site()).startsWith(FORGETS);
                assertThat(leak.open()).isGreaterThanOrEqualTo(LIMIT);
                assertThat(leak.ofSite()).isBetween(LIMIT / 2 - HELD, LIMIT);
                assertThat(LeakText.of(leak))
                        .startsWith("leak: " + leak.open() + " statements of one connection of ")
                        .contains(" are open: about " + leak.ofSite() + " opened at " + leak.site())
                        .endsWith(". [PW-205]");
            });
        }
    }

    @Test
    void are_told_again_when_half_as_many_more_are_open_and_not_at_each() throws Exception {
        try (Connection connection = engine.getConnection()) {
            List<Statement> kept = new ArrayList<>();
            for (int i = 0; i < 10 * LIMIT; i++) {
                kept.add(connection.createStatement());
            }
            assertThat(leaks.size()).isBetween(4, 8);
            assertThat(leaks.get(leaks.size() - 1).open()).isGreaterThan(5 * LIMIT);
            assertThat(kept).allSatisfy(each -> assertThat(each.isClosed()).isFalse());
        }
        assertThat(driver.open()).isZero();
    }

    @Test
    void are_no_matter_where_any_number_may_be_open() throws Exception {
        try (Engine unlimited = new EngineBuilder("jdbc:h2:mem:forgotten")
                        .openStatements(0)
                        .leaks(leaks::add)
                        .build();
                Connection connection = unlimited.getConnection()) {
            for (int i = 0; i < 500; i++) {
                ForgetfulDao.forget(connection);
            }
            assertThat(leaks).isEmpty();
        }
    }

    @Test
    void are_closed_when_nobody_can_reach_them_and_not_before() throws Exception {
        try (Connection connection = engine.getConnection()) {
            Statement kept = connection.createStatement();
            Statement ended = connection.createStatement();
            ResultSet rows = connection.createStatement().executeQuery("select 7");
            for (int i = 0; i < 10 * LIMIT; i++) {
                ForgetfulDao.forget(connection);
            }
            ended.close();
            ended = null;
            awaitOpen(connection, 2 + HELD);

            assertThat(driver.mostCloses()).isEqualTo(1);
            assertThat(kept.isClosed()).isFalse();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getStatement().isClosed()).isFalse();
            assertThat(engine.forgottenStatements()).hasSize(1).allSatisfy((line, count) -> {
                assertThat(line).startsWith(FORGETS);
                assertThat(count).isBetween(8L * LIMIT, 11L * LIMIT);
            });
        }
        assertThat(driver.open()).isZero();
    }

    @Test
    void are_left_to_the_driver_once_another_thread_has_closed_one() throws Exception {
        try (Connection connection = engine.getConnection()) {
            List<Statement> statements = new ArrayList<>();
            for (int i = 0; i < 2 * LIMIT; i++) {
                statements.add(connection.createStatement());
            }
            statements.get(0).close(); // by its own
            Statement shared = statements.get(1);
            CompletableFuture.runAsync(() -> close(shared)).join();
            statements = null;
            assertNoneIsClosed(connection, 2 * LIMIT - 2);
            assertThat(driver.mostCloses()).isEqualTo(1);
        }
    }

    @Test
    void are_left_open_where_something_is_held_that_may_need_them() throws Exception {
        try (Connection connection = engine.getConnection()) {
            Clob clob = clob(connection);
            for (int i = 0; i < 2 * LIMIT; i++) {
                ForgetfulDao.forget(connection);
            }
            assertNoneIsClosed(connection, 2 * LIMIT + 1);
            assertThat(clob.length()).isEqualTo(9);
        }
    }

    private static Clob clob(Connection connection) throws SQLException {
        ResultSet rows = connection.createStatement().executeQuery("select cast('some text' as clob)");
        assertThat(rows.next()).isTrue();
        return rows.getClob(1);
    }

    @Test
    void are_not_closed_while_another_thread_is_in_a_call() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayLeave = new CountDownLatch(1);
        driver.executes(() -> {
            entered.countDown();
            await(mayLeave);
        });
        try (Connection connection = engine.getConnection()) {
            Statement busy = connection.createStatement();
            for (int i = 0; i < 2 * LIMIT; i++) {
                ForgetfulDao.forget(connection);
            }
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> execute(busy, "select 1"));
            try {
                await(entered);
                assertNoneIsClosed(connection, 2 * LIMIT + 1);
            } finally {
                mayLeave.countDown();
            }
            other.join();
            awaitOpen(connection, 1 + HELD);
        }
    }

    @Test
    void are_closed_with_their_connection_also_if_they_are_the_driver_s_to_close() throws Exception {
        Connection connection = engine.getConnection();
        for (int i = 0; i < 2 * LIMIT; i++) {
            ForgetfulDao.forget(connection);
        }
        collect();
        connection.close();
        assertThat(engine.stats().idle()).isEqualTo(1);
        assertThat(driver.open()).isZero();
    }

    private void assertNoneIsClosed(Connection connection, int open) throws Exception {
        for (int i = 0; i < 10; i++) { // what is found unreachable is queued a moment later
            collect();
            connection.createStatement().close();
            assertThat(driver.open()).isEqualTo(open);
        }
    }

    private void awaitOpen(Connection connection, int open) throws Exception {
        for (int i = 0; i < 200 && driver.open() > open; i++) {
            collect();
            connection.createStatement().close();
        }
        assertThat(driver.open()).isLessThanOrEqualTo(open);
    }

    /** Until something else that nobody can reach is found. */
    private static void collect() {
        java.lang.ref.WeakReference<Object> canary = new java.lang.ref.WeakReference<>(new Object());
        while (canary.get() != null) {
            System.gc();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }

    private static void close(Statement statement) {
        try {
            statement.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
