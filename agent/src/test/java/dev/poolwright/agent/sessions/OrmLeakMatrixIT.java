package dev.poolwright.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.sessions.OrmLeakMatrix;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.PostgresServer;
import dev.poolwright.agent.behaviour.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each way to leak a session of Hibernate and of MyBatis names the line that opened it, on H2 and PostgreSQL, and its
 * connection comes back; the same program without the leaks has nothing said of it; what is in use stays.
 */
class OrmLeakMatrixIT {

    /** Sessions that nobody can reach any longer, and of which nothing is kept. */
    private static final List<String> RECLAIMED = List.of("drop", "dieWithIt", "failing", "forgetIterator");

    private static final String H2_SESSIONS = "select count(*) from information_schema.sessions";
    private static final String POSTGRES_SESSIONS =
            "select count(*) from pg_stat_activity where datname = current_database()";

    @TempDir
    static Path folder;

    private static PostgresServer postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    static Stream<Arguments> cells() {
        return ForkedJvm.jdks().stream()
                .flatMap(jdk -> Stream.of("hibernate", "mybatis")
                        .flatMap(orm -> Stream.of("h2", "postgresql").map(place -> Arguments.of(jdk, orm, place))));
    }

    @ParameterizedTest(name = "{1} on {2}, {0}")
    @MethodSource("cells")
    void every_leak_is_told_by_its_line_and_nothing_without(Path jdk, String orm, String place) throws Exception {
        FutureTask<ForkedJvm.Outcome> clean = new FutureTask<>(() -> play(jdk, orm, place, "clean"));
        new Thread(clean, "clean").start();

        assertAllNamed(play(jdk, orm, place, "leak"));

        assertInUse(clean.get());
        assertThat(said(clean.get())).isEmpty();
    }

    private static ForkedJvm.Outcome play(Path jdk, String orm, String place, String how) throws Exception {
        String name = orm + '_' + how + ForkedJvm.featureOf(jdk);
        String log = folder.resolve(name + '_' + place).toString();
        ForkedJvm jvm = SideBySide.quick(jdk)
                .option("-Xmx96m")
                .agent("log=" + log)
                .classPath(LibraryJars.hibernate6())
                .classPath(LibraryJars.of("mybatis-3.5", "postgresql-"));
        if (place.equals("h2")) {
            return jvm.run(
                    OrmLeakMatrix.class, how, orm, "jdbc:h2:mem:matrix;DB_CLOSE_DELAY=-1", "sa", "", H2_SESSIONS, log);
        }
        postgres.create(name);
        return jvm.run(
                OrmLeakMatrix.class,
                how,
                orm,
                "jdbc:postgresql://localhost:" + postgres.port() + "/" + name,
                "clerk",
                "pencil",
                POSTGRES_SESSIONS,
                log);
    }

    private static void assertAllNamed(ForkedJvm.Outcome outcome) {
        assertInUse(outcome);
        assertThat(outcome.out()).contains("kept: ", "cached: 20");
        List<String> err = said(outcome);
        for (String way :
                Stream.concat(RECLAIMED.stream(), Stream.of("keepValue")).toList()) {
            assertThat(err)
                    .filteredOn(line -> line.endsWith("[PW-202]") && line.contains(siteOf(way, outcome)))
                    .as(way)
                    .hasSize(1);
        }
        assertThat(err)
                .filteredOn(line -> line.endsWith("[PW-201]"))
                .isNotEmpty() // once a line of code, and Hibernate takes a connection for a statement only
                .allMatch(line -> line.contains("acquired at com.acme.sessions.On"));
        assertThat(err)
                .filteredOn(line -> line.endsWith("[PW-203]"))
                .anyMatch(line -> line.contains(siteOf("putIntoMap", outcome)));
        assertThat(err)
                .filteredOn(line -> line.endsWith("[PW-205]"))
                .first()
                .asString()
                .contains("OrmLeakMatrix.lambda$hoardStatements$");
        assertThat(err).filteredOn(line -> line.endsWith("[PW-202]")).hasSize(RECLAIMED.size() + 1);
    }

    /** By the agent; Hibernate says more. */
    private static List<String> said(ForkedJvm.Outcome outcome) {
        return outcome.err()
                .lines()
                .filter(line -> line.startsWith("[poolwright]"))
                .toList();
    }

    private static void assertInUse(ForkedJvm.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).as(outcome.err()).contains("sessions: as expected", "used: 20", "walked: 1");
    }

    /** {@code (OrmLeakMatrix.java:123)}, as the program has said. */
    private static String siteOf(String way, ForkedJvm.Outcome outcome) {
        Matcher told = Pattern.compile("way " + way + " (\\S+)").matcher(outcome.out());
        assertThat(told.find()).as(way).isTrue();
        return told.group(1);
    }
}
