package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Settings;
import dev.poolwright.pool.Housekeeper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdoptTest {

    private static final String URL = "jdbc:h2:mem:adopt;DB_CLOSE_DELAY=-1";

    private final Engines engines =
            new Engines(Settings.forLibrary(new Properties(), Collections.emptyMap()), leak -> {});

    @AfterEach
    void makeThreadsAgain() {
        Housekeeper.threadsBy((group, work, name) -> new Thread(group, work, name, 0, false));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void leaves_a_connection_open_that_it_cannot_lend() throws Exception {
        Engine engine = engines.findOrMake(EngineKey.ofDriverManager(URL, null, null), URL, null);
        while (Housekeeper.shared().isRunning()) {
            Thread.onSpinWait(); // what other tests left open closes within a tick or two
        }
        Housekeeper.threadsBy((group, work, name) -> {
            throw new OutOfMemoryError("planted: unable to create native thread");
        });
        try (Connection raw = DriverManager.getConnection(URL)) {
            assertThat(engine.adopt(engine.reserve(), raw, 0, 0)).isSameAs(raw);

            assertThat(raw.isClosed()).isFalse();
            assertThat(engine.stats().leased()).isZero();
            assertThat(engine.accidents()).isEqualTo(1);
        }
        makeThreadsAgain();
        try (Connection raw = DriverManager.getConnection(URL);
                Connection handle = engine.adopt(engine.reserve(), raw, 0, 0)) {
            assertThat(handle).isNotSameAs(raw);
            assertThat(Housekeeper.shared().isRunning()).isTrue();
        }
        engine.close();
    }
}
