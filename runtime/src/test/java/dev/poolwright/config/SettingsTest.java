package dev.poolwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private final Properties properties = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void has_other_defaults_under_the_agent_than_in_a_library() {
        assertThat(agent(null).get(Setting.POOL_OVERFLOW)).isEqualTo(-1);
        assertThat(agent(null).get(Setting.POOL_CHECKOUT_TIMEOUT)).isZero();
        assertThat(library().get(Setting.POOL_OVERFLOW)).isEqualTo(10);
        assertThat(library().get(Setting.POOL_CHECKOUT_TIMEOUT)).isEqualTo(30_000L);
        assertThat(agent(null).originOf(Setting.POOL_OVERFLOW)).isEqualTo(Origin.DEFAULT);
        assertThat(agent("")).hasToString("defaults");
    }

    @Test
    void prefers_agent_arguments_to_system_properties_to_the_environment() {
        environment.put("POOLWRIGHT_POOL_SIZE", "7");
        assertThat(agent(null).get(Setting.POOL_SIZE)).isEqualTo(7);
        assertThat(agent(null).originOf(Setting.POOL_SIZE)).isEqualTo(Origin.ENVIRONMENT);
        properties.setProperty("poolwright.pool.size", "8");
        assertThat(agent(null).get(Setting.POOL_SIZE)).isEqualTo(8);
        assertThat(agent(null).originOf(Setting.POOL_SIZE)).isEqualTo(Origin.SYSTEM_PROPERTY);
        assertThat(agent("pool.size=9").get(Setting.POOL_SIZE)).isEqualTo(9);
        assertThat(agent("pool.size=9").originOf(Setting.POOL_SIZE)).isEqualTo(Origin.AGENT_ARGUMENT);
        assertThat(agent("pool.size=9").problems()).isEmpty();
        assertThat(agent("pool.size=9")).hasToString("pool.size=9 (agent argument)");
    }

    @Test
    void splits_agent_arguments_at_commas_outside_quotes() {
        Settings settings =
                agent(" poolwright.mode=off, pool.linger = 2s ,,log=\"/var/log/a,b=c.log\",leak.trace=false,");
        assertThat(settings.problems()).isEmpty();
        assertThat(settings.get(Setting.MODE)).isEqualTo(Mode.OFF);
        assertThat(settings.get(Setting.POOL_LINGER)).isEqualTo(2_000L);
        assertThat(settings.get(Setting.LOG)).isEqualTo("/var/log/a,b=c.log");
        assertThat(settings.get(Setting.LEAK_TRACE)).isFalse();
        assertThat(agent("log='a,\"b\".log',mode=off").get(Setting.LOG)).isEqualTo("a,\"b\".log");
        assertThat(agent("log=/home/o'neil/x.log,mode=off").get(Setting.LOG)).isEqualTo("/home/o'neil/x.log");
        assertThat(agent("log=").get(Setting.LOG)).isEmpty();
    }

    @Test
    void ignores_a_pair_whose_quote_is_never_closed_and_reads_the_others() {
        Settings settings = agent("log=\"a.log,pool.size=9");
        assertThat(settings.get(Setting.POOL_SIZE)).isEqualTo(9);
        assertThat(settings.get(Setting.LOG)).isEmpty();
        assertThat(settings.problems())
                .containsExactly("log (agent argument) has a quote that is never closed; it is ignored.");
    }

    @Test
    void takes_the_last_of_two_equal_agent_arguments() {
        assertThat(agent("pool.size=8,poolwright.pool.size=9").get(Setting.POOL_SIZE))
                .isEqualTo(9);
    }

    @Test
    void names_the_nearest_setting_for_an_unknown_name_of_any_source() {
        properties.setProperty("poolwright.pool.checkoutTimeOut", "1s");
        environment.put("POOLWRIGHT_POOL_SIZ", "1");
        assertThat(agent("pool.sise=3").problems())
                .containsExactlyInAnyOrder(
                        "pool.sise (agent argument) is not a setting; the nearest one is pool.size.",
                        "poolwright.pool.checkoutTimeOut (system property) is not a setting;"
                                + " the nearest one is poolwright.pool.checkoutTimeout.",
                        "POOLWRIGHT_POOL_SIZ (environment) is not a setting; the nearest one is POOLWRIGHT_POOL_SIZE.");
    }

    @Test
    void finds_a_setting_by_the_last_part_of_its_name() {
        assertThat(agent("size=3").problems())
                .containsExactly("size (agent argument) is not a setting; the nearest one is pool.size.");
        assertThat(agent("checkout_timeout=3").problems())
                .containsExactly(
                        "checkout_timeout (agent argument) is not a setting; the nearest one is pool.checkoutTimeout.");
    }

    @Test
    void never_repeats_the_value_of_an_unknown_name() {
        properties.setProperty("poolwright.password", "hunter2");
        environment.put("POOLWRIGHT_DB_PASSWORD", "hunter2");
        assertThat(agent("password=hunter2,secret:hunter2,pass hunter2").problems())
                .hasSize(5)
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void applies_the_next_weaker_value_when_one_is_not_valid() {
        properties.setProperty("poolwright.pool.size", "0");
        environment.put("POOLWRIGHT_POOL_SIZE", "7");
        Settings settings = agent("pool.size=many");
        assertThat(settings.get(Setting.POOL_SIZE)).isEqualTo(7);
        assertThat(settings.problems())
                .containsExactly(
                        "pool.size=many (agent argument) is not a whole number from 1 to 10000;"
                                + " 7 (environment) applies.",
                        "poolwright.pool.size=0 (system property) is not a whole number from 1 to 10000;"
                                + " 7 (environment) applies.");
    }

    @Test
    void applies_the_default_when_no_value_is_valid() {
        Settings settings = agent("pool.checkoutTimeout=soon,mode=on,exporter=otel");
        assertThat(settings.get(Setting.POOL_CHECKOUT_TIMEOUT)).isZero();
        assertThat(settings.get(Setting.MODE)).isEqualTo(Mode.POOL);
        assertThat(settings.problems())
                .containsExactly(
                        "mode=on (agent argument) is not pool, observe or off; pool (default) applies.",
                        "pool.checkoutTimeout=soon (agent argument) is not a duration from 0 to 24h (ms, s, min, h);"
                                + " 0 (default) applies.",
                        "exporter=otel (agent argument) is not auto, otlp, console or none; auto (default) applies.");
    }

    @Test
    void says_how_an_argument_without_a_value_is_written() {
        assertThat(agent("leak.trace").problems())
                .containsExactly("leak.trace (agent argument) has no value; it is written name=value.");
    }

    @Test
    void takes_an_empty_variable_for_an_unset_one() {
        environment.put("POOLWRIGHT_POOL_SIZE", " ");
        assertThat(agent(null).problems()).isEmpty();
        properties.setProperty("poolwright.pool.size", "");
        assertThat(agent(null).problems()).hasSize(1);
    }

    @Test
    void leaves_other_names_and_those_of_its_own_tests_alone() {
        properties.setProperty("poolwrights.size", "1");
        properties.setProperty("poolwright.test.jdks", "1");
        environment.put("POOLWRIGHT", "1");
        environment.put("POOLWRIGHT_TEST_JDKS", "1");
        assertThat(agent(null).problems()).isEmpty();
    }

    @Test
    void takes_from_a_file_what_nobody_else_sets(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("poolwright.properties"),
                "# ours\npool.size=8\npoolwright.pool.linger = 2s\nreset=never\n");
        environment.put("POOLWRIGHT_CONFIG", file.toString());
        environment.put("POOLWRIGHT_RESET", "always");

        Settings settings = agent("pool.linger=3s");

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.get(Setting.POOL_SIZE)).isEqualTo(8);
        assertThat(settings.originOf(Setting.POOL_SIZE)).isEqualTo(Origin.FILE);
        assertThat(settings.get(Setting.POOL_LINGER)).isEqualTo(3_000L);
        assertThat(settings.get(Setting.RESET)).isEqualTo(Reset.ALWAYS);
        assertThat(library().get(Setting.POOL_SIZE)).isEqualTo(8);
    }

    @Test
    void says_what_is_wrong_in_a_file(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("p"), "pool.size=many\npool.sise=3\nconfig=other\npassword=hunter2\n");
        assertThat(agent("config=" + file).problems())
                .containsExactly(
                        "pool.size=many (file) is not a whole number from 1 to 10000; 5 (default) applies.",
                        "config (file) is ignored: a file names no other.",
                        "password (file) is not a setting; the nearest one is console.",
                        "pool.sise (file) is not a setting; the nearest one is pool.size.");
    }

    @Test
    void says_that_a_file_cannot_be_read_and_goes_on_without_it(@TempDir Path folder) throws Exception {
        Path none = folder.resolve("none");
        assertThat(agent("pool.size=9,config=" + none).get(Setting.POOL_SIZE)).isEqualTo(9);
        assertThat(agent("config=" + none).problems())
                .containsExactly("config=" + none + " (agent argument) cannot be read, there is no such file, or it may"
                        + " not be read; none of its settings applies.");
        Path twice = Files.writeString(folder.resolve("twice"), "pool.size=5\npoolwright.pool.size=10\n");
        assertThat(agent("config=" + twice).problems())
                .singleElement()
                .asString()
                .endsWith(
                        "cannot be read, it sets pool.size with and without poolwright.; none of its settings applies.");
        Path marked = Files.writeString(folder.resolve("marked"), "\uFEFFpool.size=8\n");
        assertThat(agent("config=" + marked).get(Setting.POOL_SIZE)).isEqualTo(8);
        Path odd = Files.writeString(folder.resolve("odd"), "pool.size=\\uXYZ1");
        assertThat(agent("config=" + odd).problems())
                .singleElement()
                .asString()
                .startsWith("config=" + odd + " (agent argument) cannot be read, Malformed");
    }

    private Settings agent(String arguments) {
        return Settings.forAgent(arguments, properties, environment);
    }

    private Settings library() {
        return Settings.forLibrary(properties, environment);
    }
}
