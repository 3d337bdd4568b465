package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.orders.ForgetfulDao;
import com.acme.orders.Reports;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.event.LeakSite;
import dev.poolwright.house.Housekeeper;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of a connection that is leaked, or held for long: whose it is, and what it did. */
class LeakAttributionTest {

    private static final String OPENS = "com.acme.orders.ForgetfulDao.open(ForgetfulDao.java:";

    private final AtomicLong now = new AtomicLong(TimeUnit.DAYS.toNanos(1));
    private final Housekeeper housekeeper = new Housekeeper(now::get, 0);
    private final BlockingQueue<Leak> leaks = new LinkedBlockingQueue<>();
    private Engine engine;

    private void build(int traceEvery, Duration reportAfter) {
        engine = new EngineBuilder("jdbc:h2:mem:attribution;DB_CLOSE_DELAY=-1")
                .size(1)
                .overflow(4)
                .traceLeaksEvery(traceEvery)
                .reportAfter(reportAfter)
                .housekeeper(housekeeper)
                .leaks(leaks::add)
                .build();
    }

    @AfterEach
    void close() {
        assertThat(engine.accidents()).isZero();
        engine.close();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
            housekeeper.tickAll();
        }
    }

    private Leak awaitLeak() {
        pass(3);
        Leak leak = leaks.poll();
        for (int i = 0; i < 500 && leak == null; i++) {
            System.gc();
            pass(1);
            leak = leaks.poll();
        }
        assertThat(leak).isNotNull();
        return leak;
    }

    private void leak() throws SQLException {
        Connection connection = ForgetfulDao.open(engine);
        connection.createStatement().execute("select 'secret', 42");
    }

    private String siteOfHolder() throws SQLException {
        try (Connection connection = ForgetfulDao.open(engine)) {
            assertThat(connection.isClosed()).isFalse();
            return engine.holders().get(0).site();
        }
    }

    @Test
    void a_leak_tells_line_thread_and_last_statement_without_its_data() throws Exception {
        build(1, Duration.ZERO);
        leak();

        Leak leak = awaitLeak();
        assertThat(leak.site()).startsWith(OPENS);
        assertThat(leak.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(leak.lastStatement()).isEqualTo("select ?, ?");
        assertThat(LeakText.of(leak)).contains(", last statement \"select ?, ?\"; rolled back and reclaimed. [PW-201]");
    }

    @Test
    void a_leak_tells_the_trace_that_its_borrower_was_part_of() throws Exception {
        build(1, Duration.ZERO);
        engine.listener(new EngineListener() {
            @Override
            public Object acquiring() {
                return "4bf92f3577b34da6a3ce929d0e0e4736";
            }
        });
        leak();

        Leak leak = awaitLeak();
        assertThat(leak.context()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(LeakText.of(leak))
                .contains(" by thread " + leak.thread() + " in trace 4bf92f3577b34da6a3ce929d0e0e4736, held ");
    }

    @Test
    void one_borrow_in_some_remembers_its_line_until_an_unknown_one_leaks() throws Exception {
        build(4, Duration.ZERO);
        assertThat(siteOfHolder()).startsWith(OPENS);
        for (int i = 0; i < 3; i++) {
            assertThat(siteOfHolder()).isEqualTo(LeakReports.NO_TRACE);
        }
        assertThat(siteOfHolder()).startsWith(OPENS);
        leak();
        assertThat(awaitLeak().site()).isEqualTo(LeakReports.NO_TRACE);

        for (int i = 0; i < 8; i++) {
            assertThat(siteOfHolder()).startsWith(OPENS);
        }
        leak();
        assertThat(awaitLeak().site()).startsWith(OPENS);
    }

    @Test
    void leaks_and_what_is_held_are_grouped_by_line() throws Exception {
        build(1, Duration.ZERO);
        leak();
        leak();
        awaitLeak();
        if (leaks.isEmpty()) {
            awaitLeak();
        }
        assertThat(engine.leaks()).hasSize(1).first().satisfies(line -> {
            assertThat(line.site()).startsWith(OPENS);
            assertThat(line.leaked()).isEqualTo(2);
            assertThat(line.held()).isZero();
        });
        try (Connection first = ForgetfulDao.open(engine)) {
            pass(5);
            try (Connection second = ForgetfulDao.open(engine)) {
                assertThat(first).isNotSameAs(second);
                assertThat(engine.leaks()).hasSize(1);
                LeakSite line = engine.leaks().get(0);
                assertThat(line.held()).isEqualTo(2);
                assertThat(line.toString()).startsWith(OPENS).contains(": 2 leaked, 2 held, the oldest for ");
            }
        }
    }

    @Test
    void leaks_through_the_one_method_that_opens_connections_are_told_apart_by_its_callers() throws Exception {
        build(1, Duration.ZERO);
        lose(Reports.daily(engine), "select 1");
        lose(Reports.daily(engine), "select 2");
        lose(Reports.yearly(engine), "select 'all'");
        for (int i = 0; i < 3; i++) {
            awaitLeak();
        }

        assertThat(engine.leaks()).hasSize(2);
        LeakSite daily = engine.leaks().get(0);
        assertThat(daily.leaked()).isEqualTo(2);
        assertThat(daily.site()).startsWith(OPENS).contains(") < com.acme.orders.Reports.daily(Reports.java:");
        assertThat(daily.stack())
                .extracting(StackTraceElement::getMethodName)
                .startsWith("open", "daily")
                .hasSizeLessThanOrEqualTo(64);
        LeakSite yearly = engine.leaks().get(1);
        assertThat(yearly.site()).startsWith(OPENS).contains(") < com.acme.orders.Reports.yearly(Reports.java:");
        assertThat(yearly.lastStatement()).isEqualTo("select ?");
    }

    private static void lose(Connection connection, String text) throws SQLException {
        connection.createStatement().execute(text);
    }

    @Test
    void who_holds_for_too_long_is_told_once_with_where_its_thread_is_now() throws Exception {
        build(1, Duration.ofSeconds(10));
        for (int borrow = 0; borrow < 2; borrow++) {
            try (Connection connection = ForgetfulDao.open(engine);
                    Statement statement = connection.createStatement()) {
                statement.execute("select 'secret'");
                pass(9);
                assertThat(leaks).isEmpty();
                pass(20);
                assertThat(leaks).hasSize(1);
                assertThat(connection.isClosed()).isFalse();
            }
            Leak leak = leaks.remove();
            assertThat(leak.action()).isEqualTo(Leak.Action.HELD);
            assertThat(leak.site()).startsWith(OPENS);
            assertThat(leak.lastStatement()).isEqualTo("select ?");
            assertThat(leak.holder())
                    .anySatisfy(frame -> assertThat(frame.getMethodName())
                            .isEqualTo("who_holds_for_too_long_is_told_once_with_where_its_thread_is_now"));
            assertThat(LeakText.of(leak))
                    .contains(" is held for long: acquired at " + OPENS)
                    .contains(", last statement \"select ?\"; that thread is at ")
                    .endsWith(". [PW-207]");
        }
        assertThat(engine.leaks()).isEmpty();
    }
}
