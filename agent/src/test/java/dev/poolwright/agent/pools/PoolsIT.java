package dev.poolwright.agent.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.pools.PooledApplication;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.TestClassPath;
import dev.poolwright.agent.behaviour.PostgresServer;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pools under which the agent must keep out: each holds the driver's own connections, as many as without the agent, and
 * closes them when it is shut down.
 */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class PoolsIT {

    private static PostgresServer server;
    private static SideBySide runs;

    PoolsIT(Path jdk) {
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
                (jvm, name) -> jvm.option("--add-opens=java.base/java.lang=ALL-UNNAMED") // Proxool's proxies
                        .option(journal(1, name), journal(2, name))
                        .classPath(TestClassPath.jars())
                        .run(PooledApplication.class, String.valueOf(server.port()), name + "_" + feature));
    }

    /** Bitronix keeps one, in the working folder unless it is told. */
    private static String journal(int part, String name) {
        return "-Dbitronix.tm.journal.disk.logPart" + part + "Filename="
                + ForkedJvm.TARGET.resolve("bitronix-" + name + part + ".tlog");
    }

    static List<String> pools() {
        return PooledApplication.pools();
    }

    @ParameterizedTest
    @MethodSource("pools")
    void keeps_what_is_the_drivers_own(String pool) {
        assertThat(runs.withoutAgent(pool)).as("is a pool of two").contains(pool + " | two threads: [2, false, false]");
        runs.assertSame(pool);
    }

    @ParameterizedTest
    @MethodSource("pools")
    void gives_a_pool_none_of_the_applications_own_connections(String pool) {
        runs.assertSame(pool + " beside");
    }

    @Test
    void says_nothing_of_connections_that_are_kept_for_long() {
        runs.assertSame("tally");
        runs.assertQuiet();
    }
}
