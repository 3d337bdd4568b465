package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.trouble.LeakMatrix;
import com.acme.trouble.Spendthrift;
import dev.poolwright.agent.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.Driver;

/**
 * Each way to leak names its own line, on H2 and PostgreSQL; the same program without the leaks has nothing said of it, and
 * what is in use stays, whoever holds it by whatever. After one collection only what is in use is open. And leaks without
 * end leave the heap as it is.
 */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeakMatrixIT {

    /** What nobody can reach any longer. */
    private static final List<String> RECLAIMED = List.of("drop", "dieWithIt", "failing", "forgetIterator");

    /** What is held in a map, and by a value. */
    private static final List<String> HELD = List.of("putIntoMap", "keepValue");

    private static final String H2_SESSIONS = "select count(*) from information_schema.sessions";
    private static final String POSTGRES_SESSIONS =
            "select count(*) from pg_stat_activity where datname = current_database()";

    /** How long the heap has to stay as it is: {@code -Dleak.minutes=30} for a longer look. */
    private static final long MINUTES = Long.getLong("leak.minutes", 2);

    private static PostgresServer postgres;
    private static FutureTask<ForkedJvm.Outcome> spending;

    private final Path jdk;

    LeakMatrixIT(Path jdk) {
        this.jdk = jdk;
    }

    /** Beside the others: it sleeps most of its time. */
    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = PostgresServer.start();
        long seconds = TimeUnit.MINUTES.toSeconds(MINUTES);
        ForkedJvm jvm = SideBySide.quick(ForkedJvm.jdks().get(0))
                .within(Duration.ofSeconds(seconds + 120))
                .option("-Xmx64m")
                .agent()
                .classPathOf(org.h2.Driver.class);
        spending = new FutureTask<>(() -> jvm.run(Spendthrift.class, String.valueOf(seconds)));
        new Thread(spending, "spendthrift").start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private ForkedJvm jvm() {
        return SideBySide.quick(jdk).option("-Xmx64m").agent().classPathOf(org.h2.Driver.class, Driver.class);
    }

    private ForkedJvm.Outcome onH2(ForkedJvm jvm, String how) throws Exception {
        return jvm.run(LeakMatrix.class, how, "jdbc:h2:mem:matrix;DB_CLOSE_DELAY=-1", "sa", "", H2_SESSIONS);
    }

    private ForkedJvm.Outcome onPostgres(String how) throws Exception {
        String name = "matrix_" + how + ForkedJvm.featureOf(jdk);
        postgres.create(name);
        String url = "jdbc:postgresql://localhost:" + postgres.port() + "/" + name;
        return jvm().run(LeakMatrix.class, how, url, "clerk", "pencil", POSTGRES_SESSIONS);
    }

    @Test
    void h2_is_told_of_every_leak_by_its_line() throws Exception {
        assertAllNamed(onH2(jvm(), "leak"));
    }

    @Test
    void h2_where_all_is_compiled_at_once_loses_nothing_in_use() throws Exception {
        ForkedJvm compiled = jvm().option(
                        "-Xcomp",
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=compileonly,com/acme/*.*",
                        "-XX:CompileCommand=compileonly,dev/poolwright/*.*");
        assertAllNamed(onH2(compiled, "leak"));
    }

    @Test
    void h2_without_leaks_is_told_nothing() throws Exception {
        assertNothingSaid(onH2(jvm(), "clean"));
    }

    @Test
    void postgresql_is_told_of_every_leak_by_its_line() throws Exception {
        assertAllNamed(onPostgres("leak"));
    }

    @Test
    void postgresql_without_leaks_is_told_nothing() throws Exception {
        assertNothingSaid(onPostgres("clean"));
    }

    @Test
    @Order(Integer.MAX_VALUE) // the others run meanwhile
    void a_thousand_leaks_a_minute_leave_the_heap_as_it_is() throws Exception {
        ForkedJvm.Outcome outcome = spending.get();

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<long[]> looks = outcome.out()
                .lines()
                .filter(line -> line.startsWith("used "))
                .map(line -> line.split(" "))
                .map(words -> new long[] {Long.parseLong(words[1]), Long.parseLong(words[3])})
                .toList();
        int half = looks.size() / 2;
        assertThat(half).isGreaterThanOrEqualTo(4);
        long early = leastUsed(looks.subList(1, half));
        long late = leastUsed(looks.subList(half, looks.size()));
        assertThat(late).as(outcome.out()).isLessThan(early + 1_500); // kilobytes
        // Ten seconds of leaks, and what has been leaked in the second before the collection.
        assertThat(looks).allSatisfy(look -> assertThat(look[1]).isLessThan(400));
        assertThat(outcome.out()).containsPattern("leaked " + (MINUTES == 2 ? "(19|20)" : "") + "\\d+");
        assertThat(outcome.err().lines())
                .allSatisfy(line -> assertThat(line).contains("com.acme.trouble.Spendthrift.leak("));
    }

    private static long leastUsed(List<long[]> looks) {
        return looks.stream().mapToLong(look -> look[0]).min().orElseThrow();
    }

    private static void assertAllNamed(ForkedJvm.Outcome outcome) {
        assertInUse(outcome);
        assertThat(outcome.out()).contains("kept: ", "cached: true");
        List<String> err = outcome.err().lines().toList();
        for (String way : RECLAIMED) {
            assertThat(err)
                    .filteredOn(line -> line.contains(siteOf(way, outcome)))
                    .as(way)
                    .singleElement()
                    .asString()
                    .contains(" was never closed: acquired at ")
                    .endsWith("; rolled back and reclaimed. [PW-201]");
        }
        assertThat(err)
                .filteredOn(line -> line.endsWith("[PW-203]"))
                .singleElement()
                .asString()
                .contains("at exit: 2 x connection of ")
                .contains(siteOf(HELD.get(0), outcome), siteOf(HELD.get(1), outcome));
        assertThat(err)
                .filteredOn(line -> line.endsWith("[PW-205]"))
                .first()
                .asString()
                .contains(siteOf("hoardStatements", outcome));
        assertThat(err).hasSize(RECLAIMED.size() + 2);
    }

    private static void assertNothingSaid(ForkedJvm.Outcome outcome) {
        assertInUse(outcome);
        assertThat(outcome.out()).doesNotContain("kept: ", "cached: ");
        assertThat(outcome.err()).isEmpty();
    }

    private static void assertInUse(ForkedJvm.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("sessions: as expected", "used: 20", "walked: 1");
    }

    /** {@code (LeakMatrix.java:123)}: the line after the one that was printed; of the statements the second after it. */
    private static String siteOf(String way, ForkedJvm.Outcome outcome) {
        Matcher told = Pattern.compile("way " + way + " (\\d+)").matcher(outcome.out());
        assertThat(told.find()).as(way).isTrue();
        int line = Integer.parseInt(told.group(1)) + (way.equals("hoardStatements") ? 2 : 1);
        return "(LeakMatrix.java:" + line + ")";
    }
}
