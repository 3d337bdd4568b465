package dev.poolwright.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes while the application works: the mode, the settings file, MBeans that come when somebody looks. */
class LiveIT {

    private final Path jdk = ForkedJvm.jdks().get(ForkedJvm.jdks().size() - 1);

    @TempDir
    Path folder;

    @Test
    void mbeans_come_with_the_server_and_a_thousand_modes_fail_no_checkout() throws Exception {
        try (OperatedJvm shop = OperatedJvm.start(jdk, "")) {
            shop.does("hold 1");
            assertThat(shop.ask("status").exitCode()).isZero();
            assertThat(shop.does("server")).as("asking makes no MBean server").isEqualTo("0");

            assertThat(shop.does("jmx")).isEqualTo("made true");

            assertThat(shop.eventually("beans Engine", "Leased=1"))
                    .contains("dev.poolwright:type=Engine,name=\"h2:mem:shop@sa\"", "Size=5", "Overflow=-1", "Opened=1")
                    .contains("com.acme.operated.Shop.open(Shop.java:", "pool.size, value=5 (default)");
            operatedByItsBean(shop);
            assertThat(shop.ask("set", "reset=always").out()).contains("h2:mem:shop@sa: closed, made anew");
            assertThat(shop.ask("status").out()).contains("(closed)", "closed, waits for what is lent");
            assertThat(shop.ask("holders").out()).contains("(closed)", "com.acme.operated.Shop.open(Shop.java:");
            shop.does("release");
            assertThat(shop.ask("status").out()).doesNotContain("(closed)");
            shop.ask("set", "reset=");

            shop.does("load 4");
            assertThat(shop.does("switch 1000")).isEqualTo("switched");
            String done = shop.does("stop");

            assertThat(done).endsWith(" 0 failed").doesNotStartWith("0 done");
            assertThat(shop.stderr()).doesNotContain("[poolwright]").doesNotContain("SQLException");
            assertThat(shop.does("kind")).as("after the last switch").contains("dev.poolwright");
            ForkedJvm.Outcome status = shop.ask("status", "--json");
            assertThat(status.out())
                    .contains("\"accidents\": 0", "\"leased\": 0")
                    .doesNotContain("@sa#2");
            shop.ask("detach");
            shop.eventually("beans", "Mode=off");
            OperatedJvm.eventually("the engine's bean is gone", () -> saysNothing(shop));
        }
    }

    /** Every operation of an engine's bean, and what it does. */
    private static void operatedByItsBean(OperatedJvm shop) throws Exception {
        assertThat(shop.does("bean resize,4,2")).isEqualTo("null");
        assertThat(shop.does("beans Engine")).contains("Size=4", "Overflow=2");
        shop.does("bean suspend");
        assertThat(shop.does("beans Engine")).contains("Suspended=true");
        shop.does("bean resume");
        assertThat(shop.does("beans Engine")).contains("Suspended=false");
        assertThat(shop.does("bean drain,0")).contains("suspended, 1 still lent", "waits until resume");
        assertThat(shop.does("beans Engine")).contains("Suspended=true");
        shop.does("bean resume");
        shop.does("kind");
        assertThat(shop.does("beans Engine")).contains("Idle=1", "Leased=1");
        shop.does("bean dispose");
        assertThat(shop.does("beans Engine")).contains("Idle=0", "Leased=1");
        shop.does("bean resize,5,-1");
    }

    @Test
    void who_waits_at_a_cap_is_served_by_the_engine_that_takes_the_place_of_another() throws Exception {
        try (OperatedJvm shop = OperatedJvm.start(jdk, "pool.size=1,pool.overflow=0,leak.reportAtExit=false")) {
            shop.does("hold 1");
            shop.does("ask");
            OperatedJvm.eventually("it waits", () -> status(shop).contains("\"waiting\": 1"));

            assertThat(shop.ask("set", "leak.traceEvery=2").out()).contains("closed, made anew");

            OperatedJvm.eventually("it is served", () -> status(shop).contains("\"opened\": 1"));
            assertThat(shop.does("stop")).isEqualTo("1 done, 0 failed");
        }
    }

    private static String status(OperatedJvm shop) {
        try {
            return shop.ask("status", "--json").out();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static boolean saysNothing(OperatedJvm shop) {
        try {
            return shop.does("beans Engine").isEmpty();
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void a_changed_file_is_read_again_and_its_mistakes_are_named() throws Exception {
        Path file = Files.writeString(folder.resolve("poolwright.properties"), "pool.size=3\n");
        try (OperatedJvm shop = OperatedJvm.start(jdk, "config=" + file)) {
            shop.does("hold 1");
            assertThat(shop.ask("status").out()).contains("file");

            Files.writeString(file, "pool.size=11\nmode=off\npool.sise=4\n");

            OperatedJvm.eventually("the mistake is named", () -> stderr(shop).contains("pool.sise (file)"));
            assertThat(stderr(shop)).contains("the nearest one is pool.size");
            assertThat(shop.does("kind")).isEqualTo("org.h2.jdbc.JdbcConnection");

            shop.does("release");
            Files.writeString(file, "pool.size=12\n");

            shop.eventually("kind", "dev.poolwright");
            assertThat(shop.ask("status", "--json").out()).contains("\"size\": 12");
        }
    }

    private static String stderr(OperatedJvm shop) {
        try {
            return shop.stderr();
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
