package dev.poolwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What the application's class path gets to see of us. */
class JarLayoutIT {

    @Test
    void shows_only_the_agent_class_and_its_loader() throws IOException {
        List<String> names = Jars.names(ForkedJvm.AGENT_JAR);

        assertThat(names)
                .contains("META-INF/LICENSE", "META-INF/NOTICE")
                .filteredOn(name -> !name.startsWith("inst/") && !name.startsWith("META-INF/"))
                .containsExactlyInAnyOrder(
                        "dev/poolwright/agent/Agent.class", "dev/poolwright/agent/AgentLoader.class");
    }

    @Test
    void hides_everything_else() throws IOException {
        List<String> names = Jars.names(ForkedJvm.AGENT_JAR);

        assertThat(names)
                .filteredOn(name -> name.startsWith("inst/"))
                .contains(
                        "inst/java/sql/PoolwrightHook.classdata",
                        "inst/dev/poolwright/agent/HookDefiner.classdata",
                        "inst/dev/poolwright/event/EngineListener.classdata",
                        "inst/io/opentelemetry/api/OpenTelemetry.classdata")
                .noneMatch(name -> name.endsWith(".class"))
                .noneMatch(name -> name.startsWith("inst/net/"));
    }

    @Test
    void appends_nothing_to_the_boot_class_path() throws IOException {
        try (JarFile jar = new JarFile(ForkedJvm.AGENT_JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.poolwright.agent.Agent");
            assertThat(manifest.getValue("Agent-Class")).isEqualTo("dev.poolwright.agent.Agent");
            assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.poolwright.agent.Agent");
            assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
            assertThat(manifest.getValue("Boot-Class-Path")).isNull();
        }
    }

    @Test
    void is_smaller_than_ten_megabytes_with_all_its_exporters() throws IOException {
        assertThat(Jars.names(ForkedJvm.AGENT_JAR))
                .contains("inst/io/opentelemetry/exporter/prometheus/PrometheusHttpServer.classdata")
                .noneMatch(name -> name.startsWith("inst/com/google/"));
        assertThat(Files.size(ForkedJvm.AGENT_JAR)).isLessThan(10_000_000);
    }

    @Test
    void says_what_it_is_when_run() throws Exception {
        Path jdk = ForkedJvm.jdks().get(0);

        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).runJar(ForkedJvm.AGENT_JAR);

        assertThat(outcome.out()).contains("-javaagent:poolwright.jar");
        assertThat(outcome.exitCode()).isZero();
    }
}
