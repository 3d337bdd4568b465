package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.config.Settings;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.dialect.Pooling;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings that change while engines work. */
class LiveSettingsTest {

    private static final String URL = "jdbc:h2:mem:live;DB_CLOSE_DELAY=-1";

    private final Settings start = Settings.forAgent("pool.size=2", new Properties(), Map.of());
    private final Engines engines = new Engines(start, leak -> {}, nested -> {}, close -> {});

    @AfterEach
    void close() {
        engines.driverGone(LiveSettingsTest.class);
    }

    @Test
    void a_size_changes_in_the_engine_there_is() {
        Engine engine = engine();

        List<String> anew = engines.settings(start.with("pool.size", "7"));

        assertThat(anew).isEmpty();
        assertThat(engine()).isSameAs(engine);
        assertThat(engine.stats().size()).isEqualTo(7);
    }

    @Test
    void a_rule_changes_the_size_of_those_it_matches() {
        Engine engine = engine();

        engines.settings(start.with("engine.a.match", "jdbc:h2:mem:other").with("engine.a.pool.size", "9"));
        assertThat(engine.stats().size()).isEqualTo(2);

        engines.settings(start.with("engine.a.match", "jdbc:h2:mem:LIVE").with("engine.a.pool.size", "9"));
        assertThat(engine.stats().size()).isEqualTo(9);
    }

    @Test
    void anything_else_is_another_engine_of_the_same_name_and_what_is_lent_works_on() throws Exception {
        Engine engine = engine();
        Connection lent = engine.adopt(engine.reserve(), DriverManager.getConnection(URL), 0, 0);
        Connection idle = engine.adopt(engine.reserve(), DriverManager.getConnection(URL), 0, 0);
        idle.close();
        Settings changed = start.with("reset", "always");
        assertThat(engines.wouldRenew(changed)).isTrue();

        List<String> anew = engines.settings(changed);

        assertThat(anew).containsExactly(engine.info().name());
        assertThat(engine.isClosed()).isTrue();
        Engine other = engine();
        assertThat(other).isNotSameAs(engine);
        assertThat(other.info().name()).isEqualTo(engine.info().name());
        assertThat(lent.createStatement().executeQuery("select 1").next()).isTrue();
        lent.close();
        assertThat(engine.stats().closed()).isEqualTo(2);
    }

    @Test
    void the_end_of_the_old_one_does_not_free_the_name_of_the_new_one() throws Exception {
        Engine engine = engine();
        Connection physical = DriverManager.getConnection(URL);
        Connection closesLate = (Connection) Proxy.newProxyInstance(
                LiveSettingsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        engine(); // somebody asks meanwhile
                    }
                    return method.invoke(physical, arguments);
                });
        engine.adopt(engine.reserve(), closesLate, 0, 0).close();

        engines.settings(start.with("reset", "always"));

        assertThat(physical.isClosed()).isTrue();
        String next = EngineNames.take(Dialects.forUrl(URL).address(URL), null);
        EngineNames.free(next);
        assertThat(next).isEqualTo(engine().info().name() + "#2");
    }

    @Test
    void switched_off_there_is_no_engine_until_it_is_on_again() {
        Engine engine = engine();

        engines.settings(start.with("mode", "off"));

        assertThat(engine.isClosed()).isTrue();
        assertThat(engine()).isNull();
        engines.settings(start.with("mode", "observe"));
        assertThat(engine().isQueue()).isFalse();
        engines.settings(start);
        assertThat(engine().isQueue()).isTrue();
    }

    @Test
    void whoever_wants_to_know_hears_of_engines_that_come_and_go() {
        AtomicInteger changes = new AtomicInteger();
        engines.onChange(changes::incrementAndGet);

        engine();
        engines.settings(start.with("mode", "off"));

        assertThat(changes).hasValue(2);
    }

    private Engine engine() {
        return engines.findOrMake(EngineKey.ofDriverManager(URL, null, null), URL, null, Pooling.QUEUE, false);
    }
}
