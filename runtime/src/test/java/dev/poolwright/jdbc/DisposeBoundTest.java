package dev.poolwright.jdbc;

import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import dev.poolwright.pool.Fixture;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A driver that hangs in close() holds up nobody who only wants idle connections gone. */
@Timeout(60)
class DisposeBoundTest {

    private final FakeDriver driver = FakeDriver.register("goodbye");
    private final Engine engine =
            Engine.builder(driver.url()).size(2).overflow(0).build();

    @AfterEach
    void close() throws SQLException {
        driver.answers("close");
        Fixture.eventually(() -> engine.stats().opened()
                == engine.stats().closed() + engine.stats().idle());
        engine.close();
        driver.deregister();
    }

    private void twoIdle() throws SQLException {
        try (Connection one = engine.getConnection();
                Connection other = engine.getConnection()) {
            assertThat(one).isNotSameAs(other);
        }
    }

    @Test
    void dispose_returns_and_the_engine_is_usable_where_there_is_room() throws Exception {
        twoIdle();
        Connection held = engine.getConnection();
        driver.hangOn("close");

        engine.dispose(); // one is idle, and its goodbye is never answered

        Fixture.eventually(() -> driver.calls("close") == 1);
        assertThat(engine.stats().idle()).isZero();
        assertThat(held.getSchema()).isEqualTo("schema");
        driver.answers("close");
        held.close();
        engine.getConnection().close();
        assertThat(engine.stats().opened()).isEqualTo(3);
    }

    @Test
    void dispose_waits_for_goodbyes_that_are_answered() throws Exception {
        twoIdle();
        engine.dispose();
        assertThat(driver.calls("close")).isEqualTo(2);
        assertThat(engine.stats().closed()).isEqualTo(2);
    }

    @Test
    void a_smaller_size_does_not_wait_for_what_it_makes_surplus() throws Exception {
        twoIdle();
        driver.hangOn("close");
        engine.resize(1, 0);
        assertThat(engine.stats().size()).isEqualTo(1);
        Fixture.eventually(() -> driver.calls("close") == 1);
    }

    @Test
    void close_of_the_engine_returns() throws Exception {
        twoIdle();
        driver.hangOn("close");
        Fixture.Running<Void> closer = async(() -> {
            engine.close();
            return null;
        });
        closer.get(); // within 10 s
        assertThat(engine.isClosed()).isTrue();
    }
}
