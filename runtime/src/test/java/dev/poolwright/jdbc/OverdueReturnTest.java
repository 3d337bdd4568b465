package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.jdbc.generate.HandleClasses;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A close() that waits for its server, and the housekeeper that ends it, at the same moment. */
class OverdueReturnTest {

    private static final long BOUND = 1_000;

    private Connection raw;
    private PhysicalConnection connection;

    @BeforeEach
    void open() throws Exception {
        raw = DriverManager.getConnection("jdbc:h2:mem:");
        connection = PhysicalConnection.of(raw, HandleClasses.factory());
    }

    @AfterEach
    void close() throws Exception {
        raw.close();
    }

    @Test
    void a_return_in_time_is_left_alone() {
        connection.returnBegins();
        assertThat(connection.tookOverdueReturn(5, BOUND)).isFalse();
        assertThat(connection.tookOverdueReturn(BOUND, BOUND)).isFalse();
        connection.returnEnds();
        connection.returnBegins();
        assertThat(connection.tookOverdueReturn(5 + BOUND, BOUND)).isFalse();
        connection.returnEnds();
        assertThat(connection.isBroken()).isFalse();
    }

    @Test
    void an_answer_that_comes_when_the_abort_is_decided_does_not_save_the_connection() {
        connection.returnBegins();
        assertThat(connection.tookOverdueReturn(-5, BOUND)).isFalse();
        assertThat(connection.tookOverdueReturn(BOUND, BOUND)).isTrue();
        assertThat(connection.tookOverdueReturn(2 * BOUND, BOUND)).isFalse();
        connection.returnEnds();
        assertThat(connection.isBroken()).isTrue();
    }
}
