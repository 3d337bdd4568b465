package dev.poolwright.agent.ways;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.ways.WaysApplication;
import com.zaxxer.hikari.HikariDataSource;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.PostgresServer;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.slf4j.LoggerFactory;
import org.slf4j.nop.NOPServiceProvider;

/** Whatever way an application comes to a connection, it cannot tell that the agent is there; and is pooled. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class WaysIT {

    private static PostgresServer server;
    private static SideBySide runs;

    WaysIT(Path jdk) {
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
                (jvm, name) -> jvm.classPathOf(
                                Driver.class, HikariDataSource.class, LoggerFactory.class, NOPServiceProvider.class)
                        .run(WaysApplication.class, String.valueOf(server.port()), name + "_" + feature));
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "context", "wrappers", "roles", "routing", "pools", "drivers"})
    void has_the_same_outcome_in_every_step(String section) {
        runs.assertSame(section);
    }

    @Test
    void is_quiet() {
        runs.assertQuiet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver", "wrappers", "roles", "routing"})
    void connects_seldom(String section) {
        // A session for each set of properties and each way that is a key of its own, where there were three each.
        assertThat(runs.countWith(section, "sessions")).isLessThanOrEqualTo(runs.countWithout(section, "sessions") / 2);
    }

    @Test
    void lends_nobody_what_a_subject_opened_that_no_property_names() {
        assertThat(runs.countWith("context", "sessions")).isEqualTo(8);
    }
}
