package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Pooling;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.Slot;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnginesTest {

    private static final String URL = "jdbc:h2:mem:engines;DB_CLOSE_DELAY=-1";

    private final Engines engines = new Engines(
            Settings.forLibrary(new Properties(), Collections.emptyMap()), leak -> {}, nested -> {}, close -> {});

    @AfterEach
    void close() {
        engines.driverGone(EnginesTest.class);
    }

    @Test
    void callers_of_one_class_loader_share_an_engine() {
        ClassLoader application = new URLClassLoader(new URL[0]);
        Engine made = engines.findOrMake(key(application), URL, null, Pooling.QUEUE, false);

        assertThat(engines.find(key(application))).isSameAs(made);
        assertThat(engines.find(key(new URLClassLoader(new URL[0])))).isNull();
        assertThat(engines.find(key(null))).isNull();
    }

    @Test
    void with_an_agent_s_defaults_a_thread_takes_twenty_at_once_and_waits_for_none() throws Exception {
        Engines agent = new Engines(
                Settings.forAgent(null, new Properties(), Collections.emptyMap()),
                leak -> {},
                nested -> {},
                close -> {});
        Engine engine = agent.findOrMake(EngineKey.ofDriverManager(URL, null, null), URL, null, Pooling.QUEUE, false);
        List<Connection> nested = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Slot<PhysicalConnection> place = engine.acquire(0);
            nested.add(engine.adopt(place, DriverManager.getConnection(URL), 0, 0));
        }
        assertThat(engine.stats().leased()).isEqualTo(20);
        assertThat(engine.nestedCheckouts()).isZero();
        for (Connection each : nested) {
            each.close();
        }
        engine.close();
    }

    @Test
    void an_application_that_is_gone_is_not_kept_by_its_engine() throws Exception {
        WeakReference<ClassLoader> application = new WeakReference<>(new URLClassLoader(new URL[0]));
        engines.findOrMake(key(application.get()), URL, null, Pooling.QUEUE, false);
        for (int i = 0; i < 100 && application.get() != null; i++) {
            System.gc();
        }
        assertThat(application.get()).isNull();
        assertThat(engines.find(key(null))).isNull();
        assertThat(engines.all()).hasSize(1);
        engines.driverGone(EnginesTest.class);
        assertThat(engines.all()).isEmpty();
    }

    @Test
    void nobody_waits_for_engines_that_are_dropped() {
        List<Boolean> waited = new ArrayList<>();
        engines.listener(new EngineListener() {
            @Override
            public void engineClosed(EngineInfo info) {
                if (!waited.isEmpty()) {
                    return;
                }
                waited.add(CompletableFuture.runAsync(() -> make(1_000))
                        .thenApply(v -> true)
                        .completeOnTimeout(false, 5, TimeUnit.SECONDS)
                        .join());
            }
        });
        for (int i = 0; i <= 64; i++) {
            make(i);
        }
        assertThat(waited).isNotEmpty().containsOnly(true);
        engines.listener(null);
    }

    @Test
    void only_what_a_driver_opened_goes_with_it() {
        Engine its = opened("jdbc:h2:mem:its;DB_CLOSE_DELAY=-1", org.h2.Driver.class);
        Engine another = opened("jdbc:h2:mem:another;DB_CLOSE_DELAY=-1", EnginesTest.class);

        engines.driverGone(org.h2.Driver.class);

        assertThat(its.isClosed()).isTrue();
        assertThat(another.isClosed()).isFalse();
        another.close();
    }

    @Test
    void everything_an_undeployed_application_opened_goes_with_its_driver() throws Exception {
        URL[] jar = {org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation()};
        try (URLClassLoader application = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            Engine bySource = opened(URL, application.loadClass("org.h2.jdbcx.JdbcDataSource"));

            engines.driverGone(application.loadClass("org.h2.Driver"));

            assertThat(bySource.isClosed()).isTrue();
        }
    }

    @Test
    void what_a_dropped_engine_has_lent_is_still_told() throws Exception {
        Engine engine = opened(URL, org.h2.Driver.class);
        Connection lent = engine.adopt(engine.reserve(), DriverManager.getConnection(URL), 0, 0);
        engines.driverGone(org.h2.Driver.class);

        assertThat(engines.all()).isEmpty();
        assertThat(engines.held()).hasSize(1);
        lent.close();
        assertThat(engines.held()).isEmpty();
    }

    @Test
    void with_an_old_password_keep_nothing_idle_once_a_newer_one_has_connected() throws Exception {
        Engine old = idle(properties("sa", "old"));
        Engine otherUser = idle(properties("other", "old"));
        Properties special = properties("sa", "old");
        special.setProperty("IGNORE_UNKNOWN_SETTINGS", "TRUE");
        Engine otherProperty = idle(special);

        Engine newer = idle(properties("sa", "new"));

        assertThat(newer.stats().idle()).isEqualTo(1);
        assertThat(old.stats().idle()).isZero();
        assertThat(otherUser.stats().idle()).isEqualTo(1);
        assertThat(otherProperty.stats().idle()).isEqualTo(1);
        assertThat(engines.find(EngineKey.ofDriverManager(URL, properties("sa", "old"), null)))
                .isSameAs(old);
        assertThat(engines.find(EngineKey.ofDriverManager(URL, properties("sa", "wrong"), null)))
                .isNull();
    }

    private static Properties properties(String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    private Engine idle(Properties info) throws Exception {
        Engine engine = engines.findOrMake(
                EngineKey.ofDriverManager(URL, info, null), URL, info.getProperty("user"), Pooling.QUEUE, false);
        engine.adopt(engine.reserve(), DriverManager.getConnection(URL), 0, 0).close();
        return engine;
    }

    private Engine opened(String url, Class<?> by) {
        Engine engine = engines.findOrMake(EngineKey.ofDriverManager(url, null, null), url, null, Pooling.QUEUE, false);
        engine.openedBy(by);
        return engine;
    }

    private void make(int number) {
        String url = "jdbc:h2:mem:engines" + number + ";DB_CLOSE_DELAY=-1";
        engines.findOrMake(EngineKey.ofDriverManager(url, null, null), url, null, Pooling.QUEUE, false);
    }

    private static EngineKey key(ClassLoader loader) {
        return EngineKey.ofDriverManager(URL, null, loader);
    }
}
