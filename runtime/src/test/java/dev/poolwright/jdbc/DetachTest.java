package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that leaves its engine for good. */
@Timeout(60)
class DetachTest {

    private final Engine engine = Engine.builder("jdbc:h2:mem:detach;DB_CLOSE_DELAY=-1")
            .size(1)
            .overflow(0)
            .checkoutTimeout(Duration.ZERO)
            .build();

    @AfterEach
    void close() {
        engine.close();
        assertThat(engine.accidents()).isZero();
    }

    @Test
    void is_the_driver_s_own_with_its_transaction_and_no_part_of_the_counts() throws Exception {
        Connection lent = engine.getConnection();
        lent.setAutoCommit(false);
        try (Statement statement = lent.createStatement()) {
            statement.execute("create local temporary table t (id int)");
            statement.execute("insert into t values (1)");
        }
        assertThat(lent.isWrapperFor(EngineConnection.class)).isTrue();

        Connection own = lent.unwrap(EngineConnection.class).detach();

        assertThat(own.getClass().getName()).isEqualTo("org.h2.jdbc.JdbcConnection");
        assertThat(own.getAutoCommit()).isFalse();
        try (Statement statement = own.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
        assertThat(engine.stats().leased() + engine.stats().idle()).isZero();
        assertThat(engine.stats().opened()).isEqualTo(engine.stats().closed());
        own.close();
    }

    @Test
    void leaves_a_dead_handle_and_room_for_a_waiter() throws Exception {
        Connection lent = engine.getConnection();
        Statement statement = lent.createStatement();
        EngineConnection ours = lent.unwrap(EngineConnection.class);
        CompletableFuture<Connection> waiter = CompletableFuture.supplyAsync(() -> {
            try {
                return engine.getConnection();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
        Connection own = ours.detach();

        Connection next = waiter.get(30, TimeUnit.SECONDS);
        assertThat(lent.isClosed()).isTrue();
        lent.close();
        assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(ours::detach).isInstanceOf(SQLException.class);
        assertThat(own.isValid(1)).isTrue();
        assertThat(next.isValid(1)).isTrue();
        own.close();
        next.close();
    }

    @Test
    void one_that_was_called_invalid_is_closed_when_it_comes_back() throws Exception {
        Connection lent = engine.getConnection();
        lent.unwrap(EngineConnection.class).softInvalidate();
        assertThat(lent.isValid(1)).isTrue();
        lent.close();
        assertThat(engine.stats().idle()).isZero();
        assertThat(engine.stats().closed()).isEqualTo(1);
    }
}
