package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.legacy.postgres.PostgresApplication;
import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/** An application on a real PostgreSQL cannot tell that the agent is there. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class PostgresIT {

    private static PostgresServer server;
    private static SideBySide runs;

    PostgresIT(Path jdk) {
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
                (jvm, name) -> jvm.classPathOf(Driver.class)
                        .run(PostgresApplication.class, String.valueOf(server.port()), name + "_" + feature));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entries",
                "failures",
                "transactions",
                "session state",
                "closing",
                "vendor calls",
                "vendor state",
                "values",
                "schema changes",
                "broken connections"
            })
    void has_the_same_outcome_in_every_step(String section) {
        runs.assertSame(section);
    }

    @Test
    void is_quiet() {
        runs.assertQuiet();
    }

    @Test
    void connects_a_tenth_as_often() {
        assertThat(runs.countWith("connections", "opened")).isEqualTo(runs.countWithout("connections", "opened"));
        assertThat(runs.countWithout("connections", "sessions")).isGreaterThan(100);
        // Among them those that each have to be closed: broken, aborted, unwrapped, changed by the vendor's setters.
        assertThat(runs.countWith("connections", "sessions"))
                .isLessThan(runs.countWithout("connections", "sessions") / 5);
    }

    @Test
    void says_closed_after_close_where_the_driver_remembers_an_answer() {
        List<String> plain = runs.withoutAgent("after close");
        List<String> agent = runs.withAgent("after close");

        assertThat(agent).hasSameSizeAs(plain);
        for (int i = 0; i < agent.size(); i++) {
            String step = plain.get(i).substring(0, plain.get(i).indexOf(": ") + 2);
            assertThat(agent.get(i))
                    .isIn(
                            plain.get(i),
                            remembered(plain.get(i), step + "SQLException 55000 0"),
                            remembered(plain.get(i), step + "SQLException 08003 0"),
                            remembered(plain.get(i), step + "true"));
        }
    }

    /** What the driver throws is thrown; where it remembers an answer, it may be {@code instead}. */
    private static String remembered(String plain, String instead) {
        return plain.contains("SQLException") || plain.contains("threw") ? plain : instead;
    }
}
