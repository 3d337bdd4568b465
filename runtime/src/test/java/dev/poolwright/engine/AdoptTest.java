package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdoptTest {

    private static final String URL = "jdbc:h2:mem:adopt;DB_CLOSE_DELAY=-1";

    @AfterEach
    void makeThreadsAgain() {
        Housekeeper.threadsBy((group, work, name) -> new Thread(group, work, name, 0, false));
    }

    @Test
    void leaves_a_connection_open_that_it_cannot_lend() throws Exception {
        Housekeeper housekeeper = new Housekeeper(Ticker.SYSTEM, TimeUnit.SECONDS.toNanos(1));
        Engine engine = new EngineBuilder(URL)
                .connector(new NoConnector())
                .housekeeper(housekeeper)
                .build();
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
            assertThat(housekeeper.isRunning()).isTrue();
        }
        engine.close();
    }
}
