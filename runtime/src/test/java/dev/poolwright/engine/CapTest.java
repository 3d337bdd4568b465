package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.Fixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CapTest {

    private final Engine engine = Engine.builder("jdbc:h2:mem:cap;DB_CLOSE_DELAY=-1")
            .user("sa")
            .password("secret")
            .size(1)
            .overflow(0)
            .checkoutTimeout(Duration.ofSeconds(2))
            .traceLeaks(true)
            .build();

    /** All drivers are loaded, and a first handle is made, before anything has a deadline. */
    @BeforeAll
    static void warmUp() throws Exception {
        try (Engine patient = Engine.builder("jdbc:h2:mem:warm")
                        .checkoutTimeout(Duration.ZERO)
                        .build();
                Connection first = patient.getConnection()) {
            assertThat(first.isClosed()).isFalse();
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void a_thread_that_holds_a_connection_goes_beyond_the_cap_instead_of_waiting_for_itself() throws Exception {
        try (Connection outer = engine.getConnection();
                Connection inner = engine.getConnection()) {
            assertThat(inner).isNotSameAs(outer);
            assertThat(engine.stats().leased()).isEqualTo(2);
        }
        assertThat(engine.stats().idle()).isEqualTo(1);
    }

    @Test
    void another_thread_is_told_the_limit_the_state_and_the_holder_and_no_secret() throws Exception {
        try (Connection held = engine.getConnection()) {
            assertThat(held.isClosed()).isFalse();
            assertThatThrownBy(() -> CompletableFuture.runAsync(this::borrow).join())
                    .hasRootCauseInstanceOf(CheckoutTimeoutException.class)
                    .cause()
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "08001")
                    .hasMessageContaining("no connection within 2000 ms")
                    .hasMessageContaining("Size 1 + overflow 0, 1 leased, 0 idle")
                    .hasMessageContaining("[PW-101]")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void one_that_is_interrupted_while_it_waits_is_told_so_and_stays_interrupted() throws Exception {
        try (Connection held = engine.getConnection()) {
            Fixture.Running<SQLException> waiting = Fixture.async(() -> {
                SQLException told = catchThrowableOfType(SQLException.class, engine::getConnection);
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return told;
            });
            Fixture.eventually(() -> engine.stats().waiting() == 1);
            waiting.thread().interrupt();
            assertThat((Throwable) waiting.get())
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("[PW-103]");
            assertThat(held.isClosed()).isFalse();
        }
        assertThat(engine.stats().idle()).isEqualTo(1);
        engine.getConnection().close(); // nothing is lost
    }

    @Test
    void a_closed_engine_lends_nothing() throws Exception {
        Connection held = engine.getConnection();
        engine.close();
        assertThatThrownBy(engine::getConnection)
                .isInstanceOfSatisfying(
                        SQLNonTransientConnectionException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo("08003"))
                .hasMessageContaining("[PW-102]");
        held.close();
        assertThat(engine.stats().closed()).isEqualTo(engine.stats().opened());
    }

    private void borrow() {
        try (Connection c = engine.getConnection()) {
            throw new IllegalStateException("lent " + c);
        } catch (java.sql.SQLException refused) {
            throw new CompletionException(refused);
        }
    }
}
