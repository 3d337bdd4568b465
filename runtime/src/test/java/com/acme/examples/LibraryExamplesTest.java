package com.acme.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What docs/library.md shows, run; its servlet filter is {@link com.acme.program.SessionFilter}. */
class LibraryExamplesTest {

    @Test
    @SuppressWarnings({"try", "FutureReturnValueIgnored"})
    void a_connection_comes_later() throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(2);
        CountDownLatch worked = new CountDownLatch(1);
        try (Engine engine = Engine.builder("jdbc:h2:mem:later").build()) {
            // docs
            engine.getConnectionAsync()
                    .thenAcceptAsync(
                            connection -> {
                                try (Connection mine = connection) {
                                    // ...
                                } catch (SQLException failed) {
                                    // ...
                                }
                            },
                            workers);
            // end
            workers.execute(worked::countDown);
            assertThat(worked.await(30, TimeUnit.SECONDS)).isTrue();
            while (engine.stats().opened() == 0 || engine.stats().leased() > 0) {
                Thread.onSpinWait();
            }
        } finally {
            workers.shutdown();
        }
    }
}
