package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.trouble.FullHouse;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.engine.Engine;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.nop.NOPServiceProvider;

/**
 * A server that takes one connection more only where one of ours is given up: the application gets it, in every way in,
 * and hears of a full server only what it would have heard without us.
 */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class FullServerIT {

    private final Path jdk;

    FullServerIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void of_postgresql_has_room_for_whoever_had_it_before() throws Exception {
        // Three are kept for superusers, which this application is none of.
        assertRoom(3, "[53300 0]", (jvm, name) -> {
            try (PostgresServer server = PostgresServer.start("max_connections", "6")) {
                return play(jvm, "jdbc:postgresql://localhost:" + server.port() + "/postgres", 3);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mariadb:", "jdbc:mysql:"})
    void of_mariadb_has_room_for_whoever_had_it_before(String driver) throws Exception {
        assertRoom(10, "[08004 1040]", (jvm, name) -> {
            try (MariaDbServer server = MariaDbServer.start("--max-connections=10")) {
                return play(jvm, driver + "//localhost:" + server.port() + "/", 10);
            }
        });
    }

    /**
     * Not step by step as without the agent: a plain program that opens just after it closed is refused now and then, as
     * the server has not noticed yet.
     */
    private void assertRoom(int room, String refused, SideBySide.Program program) throws Exception {
        SideBySide runs = SideBySide.run(jdk, program);

        assertThat(with(runs.withAgent("full"), "one after the other"))
                .hasSize(FullHouse.WAYS * (room + FullHouse.MORE))
                .allMatch(line -> line.endsWith(": 1"));
        assertThat(with(runs.withoutAgent("full"), "engine, one after the other"))
                .as("an engine that code has built needs no agent for it")
                .hasSize(room + FullHouse.MORE)
                .allMatch(line -> line.endsWith(": 1"));
        assertThat(with(runs.withAgent("full"), "one more"))
                .hasSize(FullHouse.WAYS)
                .allMatch(line -> line.contains(refused))
                .isEqualTo(with(runs.withoutAgent("full"), "one more"));
        assertThat(with(runs.withAgent("full"), "afterwards")).hasSize(FullHouse.WAYS);
        runs.assertQuiet();
    }

    private static List<String> with(List<String> lines, String step) {
        return lines.stream()
                .filter(line -> line.contains(step))
                .map(line -> line.replaceAll("conn=\\d+", "conn=n"))
                .toList();
    }

    private static ForkedJvm.Outcome play(ForkedJvm jvm, String url, int room) throws Exception {
        return jvm.classPathOf(
                        org.postgresql.Driver.class,
                        org.mariadb.jdbc.Driver.class,
                        com.mysql.cj.jdbc.Driver.class,
                        LoggerFactory.class,
                        NOPServiceProvider.class,
                        Engine.class,
                        ByteBuddy.class)
                .run(FullHouse.class, url, String.valueOf(room));
    }
}
