package dev.poolwright.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sweep sees what it is there to see: with a part of the agent switched off, calls that name that part come out otherwise. */
class CrippledAgentIT {

    private static final String LEFT = "# left on the server by 3 statements: ";

    @TempDir
    private static Path folder;

    private static Servers servers;

    @BeforeAll
    static void prepare() {
        servers = new Servers(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        servers.close();
    }

    @Test
    void shows_that_session_state_is_not_restored() throws Exception {
        assertThat(unintended("connection", "CheckIn.restore"))
                .contains(
                        "connection | setAutoCommit(boolean)",
                        "connection | setTransactionIsolation(int)",
                        "connection | setSchema(String)");
    }

    @Test
    void shows_that_transactions_are_not_ended() throws Exception {
        assertThat(unintended("connection in a transaction", "CheckIn.endTransaction"))
                .contains("connection in a transaction | close()", "connection in a transaction | clearWarnings()");
    }

    @Test
    void shows_that_a_closed_handle_is_not_refused() throws Exception {
        assertThat(unintended("connection|statement", "CallGuard.tryBeginCall", "CallGuard.endCall"))
                .contains(
                        "connection after its close | createStatement()",
                        "connection after its close | commit()",
                        "statement after its connection's close | executeQuery(String)");
    }

    @Test
    void shows_that_children_are_not_closed() throws Exception {
        assertThat(leftOnServer(ForkedJvm.AGENT_JAR)).isEqualTo("[1]");
        assertThat(leftOnServer(CrippledJar.without(
                        folder, "children", List.of("StatementHandle.closeRaw", "ResultSetHandle.closeRaw"))))
                .isEqualTo("[3]");
    }

    /** The calls that the sweep of H2 would report. */
    private static List<String> unintended(String states, String... methods) throws Exception {
        Path jar = CrippledJar.without(folder, methods[0], List.of(methods));
        Path jdk = ForkedJvm.jdks().get(0);
        ForkedJvm.Outcome plain = servers.create(Place.H2, "plain").run(ForkedJvm.on(jdk), states);
        ForkedJvm.Outcome agent =
                servers.create(Place.H2, "agent").run(ForkedJvm.on(jdk).agent(jar, ""), states);
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        return Difference.between(plain.out(), agent.out()).stream()
                .filter(difference -> IntendedDifferences.of(Place.H2, difference) == null)
                .map(Difference::call)
                .toList();
    }

    private static String leftOnServer(Path jar) throws Exception {
        ForkedJvm.Outcome agent = servers.create(Place.POSTGRESQL, "agent")
                .run(ForkedJvm.on(ForkedJvm.jdks().get(0)).agent(jar, ""), "none");
        return agent.out()
                .lines()
                .filter(line -> line.startsWith(LEFT))
                .map(line -> line.substring(LEFT.length()))
                .findFirst()
                .orElseThrow();
    }
}
