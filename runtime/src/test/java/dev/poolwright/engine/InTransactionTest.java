package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InTransactionTest {

    private final Engine engine =
            Engine.builder("jdbc:h2:mem:transaction").user("sa").build();

    @BeforeEach
    void create() throws SQLException {
        engine.useTransaction(connection -> run(connection, "create table entry (id int primary key)"));
    }

    @AfterEach
    void close() {
        assertThat(engine.stats().leased()).isZero();
        engine.close();
    }

    private static boolean run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private int rows() throws SQLException {
        try (Connection connection = engine.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from entry")) {
            assertThat(connection.getAutoCommit()).isTrue();
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void commits_what_returns() throws SQLException {
        assertThat(engine.<Integer, SQLException>inTransaction(connection -> {
                    assertThat(connection.getAutoCommit()).isFalse();
                    run(connection, "insert into entry values (1)");
                    return 7;
                }))
                .isEqualTo(7);

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void rolls_back_what_throws_and_throws_the_same() throws SQLException {
        IllegalStateException thrown = new IllegalStateException("business");

        assertThatThrownBy(() -> engine.useTransaction(connection -> {
                    run(connection, "insert into entry values (1)");
                    throw thrown;
                }))
                .isSameAs(thrown)
                .hasNoSuppressedExceptions();

        assertThat(rows()).isZero();
    }

    @Test
    void throws_the_first_failure_where_the_way_back_fails_too() throws SQLException {
        IllegalStateException thrown = new IllegalStateException("business");

        assertThatThrownBy(() -> engine.useTransaction(connection -> {
                    connection.close();
                    throw thrown;
                }))
                .isSameAs(thrown)
                .satisfies(failure -> assertThat(failure.getSuppressed()).isNotEmpty());
    }
}
