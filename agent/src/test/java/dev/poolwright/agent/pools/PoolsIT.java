package dev.poolwright.agent.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.pools.ForgetfulPools;
import com.acme.pools.PooledApplication;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.TestClassPath;
import dev.poolwright.agent.behaviour.PostgresServer;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pools under which the agent must keep out: each holds the driver's own connections, as many as without the agent, and
 * closes them when it is shut down. What they hand out is theirs as well, and only watched.
 */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class PoolsIT {

    /** What they have handed out they refer to themselves, until it is closed. */
    private static final List<String> KEEP_THEM =
            List.of("c3p0", "c3p0_source", "mybatis", "dbpool", "dbcp2_shared", "dbcp2_per_user");

    private static PostgresServer server;
    private static SideBySide runs;

    private final Path jdk;

    PoolsIT(Path jdk) {
        this.jdk = jdk;
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
                (jvm, name) -> onPools(jvm, name)
                        .run(PooledApplication.class, String.valueOf(server.port()), name + "_" + feature));
    }

    private static ForkedJvm onPools(ForkedJvm jvm, String name) {
        return jvm.option("--add-opens=java.base/java.lang=ALL-UNNAMED") // Proxool's proxies
                .option(journal(1, name), journal(2, name))
                .classPath(TestClassPath.jars());
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

    /** Each pool serves two threads with five transactions each, and takes one back in the middle of a transaction. */
    @Test
    void shows_each_commit_of_the_application_once_and_nothing_of_what_pools_end_themselves() throws Exception {
        String database = "spans_" + ForkedJvm.featureOf(jdk);
        server.create(database);
        ForkedJvm.Outcome outcome = onPools(SideBySide.quick(jdk).agent("exporter=console,span.wait=off"), "spans")
                .run(PooledApplication.class, String.valueOf(server.port()), database);

        List<String> spans =
                outcome.err().lines().filter(line -> line.startsWith("span ")).toList();
        assertThat(spans).hasSize(10 * PooledApplication.pools().size());
        assertThat(spans)
                .allSatisfy(span -> assertThat(span)
                        .startsWith("span COMMIT " + database + " ")
                        .contains("db.system.name=postgresql", "server.port=" + server.port())
                        .doesNotContain("set_autocommit", "pencil", "ERROR"));
        assertThat(outcome.err()).doesNotContain("[poolwright]");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void names_the_line_of_each_connection_that_was_forgotten_unless_the_pool_still_refers_to_it(@TempDir Path folder)
            throws Exception {
        String database = "leaks_" + ForkedJvm.featureOf(jdk);
        server.create(database);
        Path log = Files.createFile(folder.resolve("poolwright.log"));
        ForkedJvm.Outcome outcome = onPools(SideBySide.quick(jdk).agent("log=" + log), "leaks")
                .run(ForgetfulPools.class, String.valueOf(server.port()), database, log.toString());

        assertThat(outcome.out().lines().filter(line -> !line.endsWith("gone: true, reported: true")))
                .as(outcome.err())
                .containsExactlyInAnyOrderElementsOf(KEEP_THEM.stream()
                        .map(pool -> pool + " | gone: false, reported: false")
                        .toList());
        assertThat(outcome.err().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith("[poolwright] WARN leak: connection of ")
                        .contains(" was never closed: acquired at com.acme.pools.", " by thread main, held ")
                        .doesNotContain("pencil")
                        .endsWith("; not taken back, another pool owns it. [PW-201]"));
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void says_nothing_of_connections_that_are_kept_for_long() {
        runs.assertSame("tally");
        runs.assertQuiet();
    }
}
