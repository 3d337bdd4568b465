package dev.poolwright.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineRulesTest {

    private static final String ORDERS = "jdbc:postgresql://db/orders_2";

    @TempDir
    Path folder;

    @Test
    void a_rule_counts_for_engines_whose_url_it_matches() {
        Settings settings =
                arguments("pool.size=7,engine.orders.match=jdbc:postgresql://DB/orders*,engine.orders.pool.size=3");

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.ofEngine(ORDERS).get(Setting.POOL_SIZE)).isEqualTo(3);
        assertThat(settings.ofEngine(ORDERS).originText(Setting.POOL_SIZE)).isEqualTo("agent argument, engine.orders");
        assertThat(settings.ofEngine("jdbc:postgresql://db/stock").get(Setting.POOL_SIZE))
                .isEqualTo(7);
        assertThat(settings.get(Setting.POOL_SIZE)).isEqualTo(7);
    }

    @Test
    void the_longest_pattern_counts() {
        Settings settings =
                arguments("engine.a.match=*,engine.a.pool.size=1,engine.b.match=*orders*,engine.b.pool.size=2");

        assertThat(settings.ofEngine(ORDERS).get(Setting.POOL_SIZE)).isEqualTo(2);
        assertThat(settings.ofEngine("jdbc:h2:mem:x").get(Setting.POOL_SIZE)).isEqualTo(1);
    }

    @Test
    void each_source_adds_to_a_rule_and_the_strongest_wins() throws IOException {
        Path file = Files.writeString(
                folder.resolve("p.properties"),
                "engine.orders.match=*orders*\npoolwright.engine.orders.pool.size=9\nengine.orders.reset=always\n");
        Properties system = new Properties();
        system.setProperty("poolwright.engine.orders.pool.overflow", "0");
        Map<String, String> environment =
                Map.of("POOLWRIGHT_ENGINE_ORDERS_POOL_SIZE", "4", "POOLWRIGHT_ENGINE_ORDERS_LEAK_TRACE_EVERY", "8");

        Settings settings = Settings.forAgent("config=" + file, system, environment);

        Settings its = settings.ofEngine(ORDERS);
        assertThat(settings.problems()).isEmpty();
        assertThat(its.get(Setting.POOL_SIZE)).isEqualTo(4);
        assertThat(its.get(Setting.POOL_OVERFLOW)).isZero();
        assertThat(its.get(Setting.RESET)).isEqualTo(Reset.ALWAYS);
        assertThat(its.get(Setting.LEAK_TRACE_EVERY)).isEqualTo(8);
    }

    @Test
    void what_is_wrong_with_a_rule_is_said() {
        assertThat(arguments("engine.a.match=*,engine.a.pool.sise=3").problems())
                .containsExactly(
                        "engine.a.pool.sise (agent argument) is not a setting; the nearest one is engine.a.pool.size.");
        assertThat(arguments("engine.a.match=*,engine.a.pool.size=x").problems().get(0))
                .contains("engine.a.pool.size=x (agent argument) is not a whole number");
        assertThat(arguments("engine.a.match=*,engine.a.log=x").problems().get(0))
                .contains("log cannot be set for some engines only");
        assertThat(arguments("engine.a.pool.size=3").problems().get(0)).contains("has no engine.a.match=URL");
        assertThat(arguments("engine.a=3").problems().get(0)).contains("is not a setting");
    }

    @Test
    void a_command_is_stronger_than_all_and_can_be_taken_back() {
        Settings settings = arguments("pool.size=7");

        Settings changed = settings.with("poolwright.pool.size", "9").with("engine.a.match", "*orders*");
        changed = changed.with("engine.a.pool.size", "2").again();

        assertThat(changed.get(Setting.POOL_SIZE)).isEqualTo(9);
        assertThat(changed.originOf(Setting.POOL_SIZE)).isEqualTo(Origin.COMMAND);
        assertThat(changed.ofEngine(ORDERS).get(Setting.POOL_SIZE)).isEqualTo(2);
        assertThat(changed.with("pool.size", "").get(Setting.POOL_SIZE)).isEqualTo(7);
    }

    @Test
    void a_command_that_is_none_is_refused() {
        Settings settings = arguments("");

        assertThatThrownBy(() -> settings.with("pool.sise", "3")).hasMessageContaining("the nearest one is pool.size");
        assertThatThrownBy(() -> settings.with("pool.size", "many")).hasMessageContaining("a whole number from 1");
        assertThatThrownBy(() -> settings.with("config", "x")).hasMessageContaining("when the JVM starts");
        assertThatThrownBy(() -> settings.with("engine.a.pool.size", "x")).hasMessageContaining("a whole number");
    }

    @Test
    void the_file_is_read_as_it_is_now() throws IOException {
        Path file = Files.writeString(folder.resolve("p.properties"), "pool.size=9\n");
        Settings settings = arguments("config=" + file).with("pool.overflow", "1");

        Files.writeString(file, "pool.size=11\n");

        assertThat(settings.get(Setting.POOL_SIZE)).isEqualTo(9);
        assertThat(settings.again().get(Setting.POOL_SIZE)).isEqualTo(11);
        assertThat(settings.again().get(Setting.POOL_OVERFLOW)).isEqualTo(1);
        assertThat(settings.file()).isEqualTo(file.toString());
    }

    private static Settings arguments(String text) {
        return Settings.forAgent(text, new Properties(), Map.of());
    }
}
