package dev.poolwright.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.ForkedJvm.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** JVMs that have no agent, have it later, or cannot be asked: each says so in its own words and exit code. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class AttachIT {

    private final Path jdk;

    AttachIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void the_agent_comes_into_a_jvm_that_runs() throws Exception {
        try (OperatedJvm shop = OperatedJvm.start(jdk, null)) {
            assertThat(shop.does("kind")).isEqualTo("org.h2.jdbc.JdbcConnection");
            Outcome nothing = shop.ask("status");
            assertThat(nothing.exitCode()).isEqualTo(5);
            assertThat(nothing.err()).contains("Poolwright is not in JVM", "attach " + shop.pid());

            Outcome misspelt = shop.ask("attach", "pool.sise=3");
            assertThat(misspelt.exitCode()).isEqualTo(7);
            assertThat(misspelt.err()).contains("pool.size", "Nothing was attached");
            assertThat(shop.does("kind")).isEqualTo("org.h2.jdbc.JdbcConnection");

            Outcome attach = shop.ask("attach", "pool.size=3", "pool.overflow=2");

            assertThat(attach.exitCode()).as(attach.err()).isZero();
            assertThat(attach.out()).contains("Attached.");
            assertThat(shop.does("kind")).contains("dev.poolwright");
            assertThat(shop.ask("status", "--json").out()).contains("\"size\": 3", "\"overflow\": 2");
            assertThat(shop.ask("attach").out()).contains("already");
        }
    }

    @Test
    void a_runtime_without_the_attach_api_asks_as_well() throws Exception {
        try (OperatedJvm shop = OperatedJvm.start(jdk, "")) {
            shop.does("hold 1");

            Outcome outcome = ForkedJvm.on(jdk)
                    .option("--limit-modules", "java.instrument")
                    .runJar(ForkedJvm.AGENT_JAR, "status", shop.pid());

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).contains("1 engine");
        }
    }

    @Test
    void whoever_cannot_be_asked_is_named_with_what_to_do() throws Exception {
        Outcome noProcess = OperatedJvm.line(jdk, "status", "999999999");
        assertThat(noProcess.exitCode()).isEqualTo(3);
        assertThat(noProcess.err()).contains("There is no process 999999999", "list");
        Outcome noNumber = OperatedJvm.line(jdk, "status", "shop");
        assertThat(noNumber.exitCode()).isEqualTo(2);
        assertThat(noNumber.err()).contains("needs the PID");
        Outcome noCommand = OperatedJvm.line(jdk, "stauts", "1");
        assertThat(noCommand.exitCode()).isEqualTo(2);
        assertThat(OperatedJvm.line(jdk, "--help").out()).contains("-javaagent:poolwright.jar", "Ends with 0");

        try (OperatedJvm shop = OperatedJvm.start(jdk, "", "-XX:+DisableAttachMechanism")) {
            shop.does("hold 1");
            Outcome disabled = shop.ask("status");
            assertThat(disabled.exitCode()).isEqualTo(6);
            assertThat(disabled.err()).contains("-XX:+DisableAttachMechanism", "config=FILE");
        }
    }
}
