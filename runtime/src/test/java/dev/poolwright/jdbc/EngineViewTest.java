package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineView;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections of one engine that are lent read-only, or with an isolation level. */
class EngineViewTest {

    private final FakeDriver driver = FakeDriver.register("view");
    private final Engine engine =
            Engine.builder(driver.url()).size(1).overflow(0).build();

    @AfterEach
    void close() throws SQLException {
        assertThat(engine.stats().leased()).isZero();
        engine.close();
        driver.deregister();
    }

    private static void expect(Connection connection, boolean readOnly, int isolation) throws SQLException {
        assertThat(connection.isReadOnly()).isEqualTo(readOnly);
        assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
    }

    @Test
    void are_set_when_lent_and_as_they_were_for_the_next() throws SQLException {
        int normal;
        try (Connection plain = engine.getConnection()) {
            normal = plain.getTransactionIsolation();
        }
        EngineView both = engine.withReadOnly().withIsolation(Connection.TRANSACTION_SERIALIZABLE);
        for (int i = 0; i < 2; i++) {
            try (Connection set = both.getConnection()) {
                expect(set, true, Connection.TRANSACTION_SERIALIZABLE);
            }
            try (Connection set = engine.withIsolation(Connection.TRANSACTION_SERIALIZABLE)
                    .withReadOnly()
                    .withIsolation(Connection.TRANSACTION_REPEATABLE_READ)
                    .getConnection()) {
                expect(set, true, Connection.TRANSACTION_REPEATABLE_READ);
            }
            try (Connection plain = engine.getConnection()) {
                expect(plain, false, normal);
            }
        }
        assertThat(engine.stats().opened()).isEqualTo(1);
        assertThat(both.engine()).isSameAs(engine);
        assertThat(both.unwrap(Engine.class)).isSameAs(engine);
    }

    @Test
    void ask_once_and_set_nothing_where_it_is_so_already() throws SQLException {
        int normal;
        try (Connection plain = engine.getConnection()) {
            normal = plain.getTransactionIsolation();
            plain.setReadOnly(false);
        }
        long asked = driver.calls("getTransactionIsolation");
        long set = driver.calls("setTransactionIsolation");
        EngineView view = engine.withIsolation(normal);
        for (int i = 0; i < 5; i++) {
            view.getConnection().close();
        }
        assertThat(driver.calls("getTransactionIsolation")).isEqualTo(asked + 1);
        assertThat(driver.calls("setTransactionIsolation")).isEqualTo(set);
    }

    @Test
    void that_the_driver_refuses_to_set_are_given_back() throws SQLException {
        driver.failOn("setReadOnly", "0A000");
        assertThatThrownBy(() -> engine.withReadOnly().getConnection())
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "0A000");
        driver.recovers();
        engine.withReadOnly().getConnection().close();
    }

    @Test
    void of_other_credentials_and_in_a_transaction_are_set_too() throws SQLException {
        EngineView view = engine.withReadOnly();
        try (Connection other = view.getConnection("other", "x")) {
            assertThat(other.isReadOnly()).isTrue();
        }
        view.useTransaction(connection -> {
            assertThat(connection.isReadOnly()).isTrue();
            assertThat(connection.getAutoCommit()).isFalse();
        });
        assertThat(view.<Boolean, SQLException>inTransaction(Connection::isReadOnly))
                .isTrue();
    }

    @Test
    void are_equal_where_they_lend_the_same() {
        assertThat(engine.withReadOnly()).isEqualTo(engine.withReadOnly()).hasSameHashCodeAs(engine.withReadOnly());
        assertThat(engine.withReadOnly().withIsolation(2))
                .isEqualTo(engine.withIsolation(2).withReadOnly());
        assertThat(engine.withReadOnly()).isNotEqualTo(engine.withIsolation(2));
    }

    @Test
    void are_the_engine_s_which_a_view_does_not_close() throws SQLException {
        try (EngineView view = engine.withReadOnly()) {
            view.getConnection().close();
        }
        assertThat(engine.isClosed()).isFalse();
        assertThat(engine.stats().idle()).isEqualTo(1);
        engine.close();
        assertThatThrownBy(() -> engine.withReadOnly().getConnection()).hasMessageContaining("PW-102");
    }
}
