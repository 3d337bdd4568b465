package dev.poolwright.agent.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.sources.SourceApplication;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.MariaDbServer;
import dev.poolwright.agent.behaviour.PostgresServer;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An application that makes a data source per request, changes its credentials, wraps and routes it; its drivers on the
 * class path, and as modules, of which MariaDB's and HSQLDB's let nobody look inside.
 */
@ParameterizedClass(name = "{1} on {0}")
@MethodSource("cells")
class DataSourcesIT {

    private static PostgresServer postgres;
    private static MariaDbServer mariaDb;
    private static List<String> plain;
    private static List<String> agent;

    private static final Class<?>[] DRIVERS = {
        PGSimpleDataSource.class,
        MariaDbDataSource.class,
        com.mysql.cj.jdbc.MysqlDataSource.class,
        JDBCDataSource.class,
        JdbcDataSource.class
    };

    /** Where the drivers are. */
    enum Shape {
        CLASS_PATH {
            @Override
            ForkedJvm add(ForkedJvm jvm) {
                return jvm.classPathOf(DRIVERS);
            }
        },
        MODULES {
            @Override
            ForkedJvm add(ForkedJvm jvm) {
                String path = Stream.of(DRIVERS)
                        .map(driver -> ForkedJvm.home(driver).toString())
                        .collect(Collectors.joining(File.pathSeparator));
                return jvm.option("-p", path, "--add-modules", "ALL-MODULE-PATH");
            }
        };

        abstract ForkedJvm add(ForkedJvm jvm);
    }

    DataSourcesIT(Path jdk, Shape shape) {
        assertThat(jdk).isDirectory();
        assertThat(shape).isNotNull();
    }

    static Stream<Arguments> cells() {
        return ForkedJvm.jdks().stream()
                .flatMap(jdk -> Stream.of(Shape.values()).map(each -> Arguments.of(jdk, each)));
    }

    @BeforeAll
    static void startServers() throws Exception {
        postgres = PostgresServer.start();
        mariaDb = MariaDbServer.start();
        mariaDb.create("orders");
    }

    @AfterAll
    static void stopServers() throws Exception {
        postgres.close();
        mariaDb.close();
    }

    @BeforeParameterizedClassInvocation
    static void play(Path jdk, Shape shape) throws Exception {
        plain = run(shape.add(ForkedJvm.on(jdk)));
        agent = run(shape.add(ForkedJvm.on(jdk).agent()));
    }

    private static List<String> run(ForkedJvm jvm) throws Exception {
        ForkedJvm.Outcome outcome = // H2 lets whoever had a wrong password wait for seconds.
                jvm.option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dh2.delayWrongPasswordMin=0")
                        .run(
                                SourceApplication.class,
                                "POSTGRES",
                                "jdbc:postgresql://localhost:" + postgres.port() + "/postgres",
                                "MARIADB",
                                "jdbc:mariadb://localhost:" + mariaDb.port() + "/",
                                "MYSQL",
                                "jdbc:mysql://localhost:" + mariaDb.port() + "/?openTelemetry=DISABLED",
                                "HSQLDB",
                                "sources",
                                "H2",
                                "jdbc:h2:mem:sources;DB_CLOSE_DELAY=-1");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).doesNotContain("poolwright");
        return outcome.out()
                .lines()
                // MariaDB's driver says in which session it was refused.
                .map(line -> line.replaceAll("conn=\\d+", "conn=n"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSTGRES", "MARIADB", "MYSQL", "HSQLDB", "H2"})
    void every_step_has_the_same_outcome(String place) {
        List<String> expected = of(plain, place + " | ");
        assertThat(expected).hasSizeGreaterThan(15);
        assertThat(of(agent, place + " | ")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSTGRES", "MARIADB", "MYSQL", "HSQLDB", "H2"})
    void wrong_credentials_are_refused_and_never_served(String place) {
        assertThat(of(agent, place + " | "))
                .filteredOn(line -> line.contains("wrong") || line.contains("none") || line.contains("another user's:"))
                .hasSize(6)
                .allMatch(line -> line.contains(": threw "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSTGRES", "MARIADB", "MYSQL", "HSQLDB", "H2"})
    void a_new_source_per_request_shares_one_session(String place) {
        assertThat(count(plain, place, "a new source per request")).isEqualTo(12);
        assertThat(count(agent, place, "a new source per request")).isEqualTo(1);
        assertThat(count(agent, place, "credentials per request")).isEqualTo(1);
        assertThat(count(agent, place, "routing")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POSTGRES", "MARIADB", "MYSQL", "HSQLDB", "H2"})
    void xa_has_its_own(String place) {
        assertThat(count(agent, place, "xa"))
                .isEqualTo(count(plain, place, "xa"))
                .isEqualTo(3);
    }

    @Test
    void a_subclass_that_does_something_to_each_connection_does_it_to_each() {
        assertThat(of(agent, "MARIADB | tenant")).hasSize(3).allMatch(line -> line.endsWith(": acme"));
    }

    private static List<String> of(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).toList();
    }

    private static int count(List<String> lines, String place, String what) {
        String start = "# " + place + " | " + what + ": ";
        List<String> found = of(lines, start);
        assertThat(found).as(start).hasSize(1);
        return Integer.parseInt(found.get(0).substring(start.length()));
    }
}
