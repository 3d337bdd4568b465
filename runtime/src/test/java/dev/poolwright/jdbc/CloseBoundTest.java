package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CloseBoundTest {

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void close_returns_although_the_server_never_answers_and_the_connection_is_dropped() throws Exception {
        FakeDriver driver = FakeDriver.register("frozen");
        try (Engine engine = Engine.builder(driver.url()).size(1).build()) {
            Connection c = engine.getConnection();
            c.setAutoCommit(false);
            c.setSavepoint("touches the server");
            driver.hangOn("rollback");

            long start = System.nanoTime();
            c.close();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

            assertThat(millis).isBetween(900L, 5_000L);
            assertThat(driver.calls("abort")).isEqualTo(1);
            assertThat(engine.stats().idle()).isZero();
            assertThat(engine.stats().leased()).isZero();
        } finally {
            driver.deregister();
        }
    }
}
