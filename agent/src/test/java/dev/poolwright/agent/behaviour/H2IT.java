package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.legacy.h2.H2Application;
import java.nio.file.Path;
import java.util.List;
import org.h2.Driver;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application on H2, in memory, in files and on a server, cannot tell that the agent is there. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class H2IT {

    @TempDir
    static Path folder;

    private static Server server;
    private static SideBySide runs;

    H2IT(Path jdk) {
        assertThat(jdk).isDirectory();
    }

    @BeforeAll
    static void startServer() throws Exception {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", folder.toString())
                .start();
    }

    @AfterAll
    static void stopServer() {
        server.stop();
    }

    @BeforeParameterizedClassInvocation
    static void run(Path jdk) throws Exception {
        Path place = folder.resolve(jdk.getFileName());
        runs = SideBySide.run(
                jdk,
                (jvm, name) -> jvm.option(
                                "-Dh2.delayWrongPasswordMin=0",
                                "-Dh2.delayWrongPasswordMax=0",
                                "-Dh2.socketConnectRetry=1")
                        .classPathOf(Driver.class)
                        .run(
                                H2Application.class,
                                place.resolve(name + jdk.getFileName()).toString(),
                                String.valueOf(server.getPort())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lifetimes",
                "entries",
                "XA and pools",
                "tenants",
                "failures",
                "transactions",
                "session state",
                "closing",
                "large objects",
                "drivers"
            })
    void has_the_same_outcome_in_every_step(String section) {
        runs.assertSame(section);
    }

    @Test
    void is_quiet() {
        runs.assertQuiet();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory that stays",
                "memory that stays, in small letters",
                "a file of a server",
                "memory of a server, that stays"
            })
    void connects_once_where_the_database_outlives_its_connections(String database) {
        assertThat(runs.countWithout("lifetimes", database)).isEqualTo(10);
        assertThat(runs.countWith("lifetimes", database)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory that stays for a while", "a file"})
    void connects_each_time_where_an_idle_connection_would_show(String database) {
        assertThat(runs.countWith("lifetimes", database)).isEqualTo(runs.countWithout("lifetimes", database));
    }

    @Test
    void connects_a_tenth_as_often_in_all() {
        assertThat(runs.countWith("connections", "opened")).isEqualTo(runs.countWithout("connections", "opened"));
        assertThat(runs.countWithout("connections", "sessions")).isGreaterThan(100);
        assertThat(runs.countWith("connections", "sessions"))
                .isLessThan(runs.countWithout("connections", "sessions") / 10);
    }

    @Test
    void says_closed_after_close_where_the_driver_remembers_an_answer() {
        List<String> plain = runs.withoutAgent("after close");
        List<String> agent = runs.withAgent("after close");

        assertThat(agent).hasSameSizeAs(plain);
        for (int i = 0; i < agent.size(); i++) {
            String step = plain.get(i).substring(0, plain.get(i).indexOf(": ") + 2);
            assertThat(agent.get(i)).isIn(plain.get(i), step + "SQLException 90007 90007", step + "true");
        }
    }
}
