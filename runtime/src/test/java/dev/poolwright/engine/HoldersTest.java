package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.Holder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link Engine#holders}. */
class HoldersTest {

    private final Engine engine =
            Engine.builder("jdbc:h2:mem:holders").traceLeaks(true).build();

    @AfterEach
    void close() {
        engine.close();
    }

    private Holder only() {
        List<Holder> holders = engine.holders();
        assertThat(holders).hasSize(1);
        return holders.get(0);
    }

    @Test
    void are_those_who_have_not_closed() throws Exception {
        assertThat(engine.holders()).isEmpty();
        try (Connection first = engine.getConnection();
                Connection second = engine.getConnection()) {
            assertThat(first).isNotSameAs(second);
            assertThat(engine.holders()).hasSize(2);
        }
        assertThat(engine.holders()).isEmpty();
    }

    @Test
    void name_thread_and_line() throws Exception {
        try (Connection connection = engine.getConnection()) {
            Holder holder = only();

            assertThat(connection.isClosed()).isFalse();
            assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(holder.site()).startsWith(holder.stack().get(0).toString());
            assertThat(holder.toString())
                    .startsWith(holder.site() + " by thread ")
                    .contains(", held ");
        }
        try (Engine untraced = Engine.builder("jdbc:h2:mem:holders").build();
                Connection connection = untraced.getConnection()) {
            assertThat(connection.isClosed()).isFalse();
            assertThat(untraced.holders().get(0).site()).isEqualTo(LeakReports.NO_TRACE);
            assertThat(untraced.holders().get(0).stack()).isEmpty();
        }
    }

    @Test
    void tell_the_last_statement_without_its_data() throws Exception {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table card(number varchar, owner varchar)");
            assertThat(only().lastStatement()).isEqualTo("create table card(number varchar, owner varchar)");
            statement.execute("insert into card values ('4111 1111', 'O''Neil'), (/* secret */ 42, 1.5e3)");
            assertThat(only().lastStatement()).isEqualTo("insert into card values (?, ?), ( ?, ?)");
            try (PreparedStatement prepared = connection.prepareStatement("select 7 from card where owner = ?")) {
                assertThat(prepared.getParameterMetaData().getParameterCount()).isEqualTo(1);
                assertThat(only().lastStatement()).isEqualTo("select ? from card where owner = ?");
            }
        }
        try (Connection next = engine.getConnection()) {
            assertThat(next.getAutoCommit()).isTrue();
            assertThat(only().lastStatement()).isEmpty();
        }
    }

    @Test
    void tell_whether_a_transaction_may_be_open() throws Exception {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            assertThat(only().inTransaction()).isFalse();
            connection.setAutoCommit(false);
            statement.execute("select 1");
            assertThat(only().inTransaction()).isTrue();
            connection.commit();
            assertThat(only().inTransaction()).isFalse();
        }
    }

    @Test
    void tell_since_when_nothing_was_called() throws Exception {
        try (Connection connection = engine.getConnection()) {
            assertThat(only().unusedNanos()).isZero();
            long still = only().unusedNanos();
            assertThat(still).isPositive();
            assertThat(only().unusedNanos()).isGreaterThan(still);
            connection.getCatalog();
            assertThat(only().unusedNanos()).isZero();
            assertThat(only().inCall()).isFalse();
        }
    }
}
