package dev.poolwright.agent.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.pools.Ledger;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.TestClassPath;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen of an application on another pool: what it asked for, whatever pool and driver are between. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class ObservedPoolsIT {

    private static final Pattern SPAN = Pattern.compile("span ([A-Z ]+[A-Z]) .*?\\{(.*)\\}");

    private final Path jdk;

    ObservedPoolsIT(Path jdk) {
        this.jdk = jdk;
    }

    @ParameterizedTest
    @CsvSource({
        "hikari, jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1, sa",
        "tomcat, jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1, sa",
        "dbcp, jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1, sa",
        "hikari, jdbc:hsqldb:mem:ledger, SA",
        "dbcp, jdbc:derby:memory:ledger;create=true, app",
        "hikari, jdbc:sqlite:LEDGER, ''"
    })
    void is_what_the_application_asked_for(String pool, String url, String user, @TempDir Path folder)
            throws Exception {
        ForkedJvm.Outcome outcome = run(
                "exporter=console",
                pool,
                url.replace("LEDGER", folder.resolve("ledger").toString()),
                user);

        assertThat(spans(outcome))
                .containsExactly(
                        "COMMIT",
                        "COMMIT",
                        "COMMIT by set_autocommit",
                        "ROLLBACK TO SAVEPOINT",
                        "ROLLBACK",
                        "BATCH of 3",
                        "ROLLBACK");
        assertThat(outcome.err()).doesNotContain("[poolwright]");
    }

    @Test
    void shows_what_the_pool_takes_and_invents_no_counts_of_it() throws Exception {
        List<String> metrics = run("exporter=console", "hikari", "jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1", "sa")
                .err()
                .lines()
                .filter(line -> line.startsWith("metric db.client.connection."))
                .map(line -> line.split(" ", 3)[1].substring("db.client.connection.".length()))
                .toList();

        assertThat(metrics).containsExactlyInAnyOrder("create_time", "wait_time", "use_time");
    }

    @Test
    void is_nothing_where_that_is_switched_off() throws Exception {
        ForkedJvm.Outcome outcome =
                run("exporter=console,observe.pools=false", "hikari", "jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1", "sa");

        assertThat(outcome.err()).isEmpty();
    }

    private ForkedJvm.Outcome run(String agent, String... arguments) throws Exception {
        ForkedJvm.Outcome outcome = SideBySide.quick(jdk)
                .option("-Dderby.stream.error.method=java.sql.DriverManager.getLogStream")
                .option("--enable-native-access=ALL-UNNAMED")
                .agent(agent)
                .classPath(TestClassPath.jars())
                .run(Ledger.class, arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    /** In the order of their ends, which is that of the export. */
    private static List<String> spans(ForkedJvm.Outcome outcome) {
        return outcome.err()
                .lines()
                .map(SPAN::matcher)
                .filter(Matcher::find)
                .map(ObservedPoolsIT::text)
                .toList();
    }

    private static String text(Matcher span) {
        String attributes = span.group(2);
        String operation = attributes.replaceAll(".*db.operation.name=([A-Z ]+).*", "$1");
        String trigger = attributes.contains("set_autocommit") ? " by set_autocommit" : "";
        String size = attributes.contains("batch.size=") ? " of " + attributes.replaceAll(".*batch.size=", "") : "";
        return operation + trigger + size;
    }
}
