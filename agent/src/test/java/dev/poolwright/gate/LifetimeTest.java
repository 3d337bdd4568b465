package dev.poolwright.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Pooling;
import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineKey;
import dev.poolwright.engine.Engines;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LifetimeTest {

    private static final String URL = "jdbc:postgresql://frozen/orders";

    private final Settings settings = Settings.forLibrary(new Properties(), Map.of());
    private final Engines engines = new Engines(settings, leak -> {}, nested -> {}, close -> {});
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch thawed = new CountDownLatch(1);

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void the_jvm_ends_although_the_server_does_not_answer() throws Exception {
        Engine engine = engines.findOrMake(EngineKey.ofDriverManager(URL, null, null), URL, null, Pooling.QUEUE, false);
        engine.adopt(engine.reserve(), frozen(), 0, 0).close();
        assertThat(engine.stats().idle()).isEqualTo(1);

        GateLog log = new SilentLog();
        Telemetry telemetry = new Telemetry(settings, engines, null, () -> {}, log);
        new Lifetime(engines, new Sessions(settings, telemetry, leak -> {}, log), telemetry, log).run();

        assertThat(closing.getCount()).isZero();
        thawed.countDown();
    }

    /** A connection whose close() waits for its server. */
    private Connection frozen() {
        return (Connection) Proxy.newProxyInstance(
                LifetimeTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "getAutoCommit":
                            return true;
                        case "isClosed":
                            return false;
                        case "close":
                            closing.countDown();
                            thawed.await();
                            return null;
                        default:
                            return null;
                    }
                });
    }

    private static final class SilentLog implements GateLog {

        @Override
        public void warn(String fact) {}

        @Override
        public void warn(String fact, Throwable cause) {}

        @Override
        public void show(String line) {}

        @Override
        public void info(String fact) {}
    }
}
