package dev.poolwright.agent.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.frameworks.FrameworkApplication;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.TestClassPath;
import dev.poolwright.agent.behaviour.PostgresServer;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries that come to connections in their own ways do with the agent what they do without. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class FrameworksIT {

    @TempDir
    static Path folder;

    private static PostgresServer server;
    private static SideBySide runs;

    FrameworksIT(Path jdk) {
        assertThat(jdk).isDirectory();
    }

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeParameterizedClassInvocation
    static void run(Path jdk) throws Exception {
        int feature = ForkedJvm.featureOf(jdk);
        server.create("plain_" + feature);
        server.create("agent_" + feature);
        runs = SideBySide.run(
                jdk,
                (jvm, name) -> jvm.option("-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true")
                        .classPath(TestClassPath.jars())
                        .run(
                                FrameworkApplication.class,
                                "jdbc:postgresql://localhost:" + server.port() + "/" + name + "_" + feature,
                                folder.resolve(name + feature).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring", "jooq", "flyway", "liquibase", "quartz"})
    void does_the_same(String framework) {
        runs.assertSame(framework);
        assertThat(runs.withoutAgent(framework))
                .as("what is done on purpose")
                .noneMatch(line -> line.contains("NoClassDef"));
    }

    @Test
    void has_the_connection_of_one_call_serve_the_next() {
        assertThat(runs.countWithout("spring", "sessions")).isEqualTo(10);
        assertThat(runs.countWith("spring", "sessions")).isEqualTo(1);
    }

    @Test
    void is_quiet() {
        runs.assertQuiet();
    }
}
