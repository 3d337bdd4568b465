package dev.poolwright.agent.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.compat.Application;
import com.acme.compat.Kind;
import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that tries everything on every database cannot tell that the agent is there, but for what is listed. */
@ParameterizedClass(name = "{1} on {0}")
@MethodSource("cells")
class CompatIT {

    /** Besides the one that the application holds all the time; what else is needed at once is opened and closed. */
    private static final String ONE_CONNECTION = "pool.size=2,pool.linger=0";

    private static final int MOST_LINES_PER_SCENARIO = 4;

    @TempDir
    static Path folder;

    private static Places places;
    private static ForkedJvm.Outcome plainRun;
    private static ForkedJvm.Outcome agentRun;
    private static Transcript plain;
    private static Transcript agent;
    private static Transcript reused;

    private final Path jdk;
    private final Kind kind;

    CompatIT(Path jdk, Kind kind) {
        this.jdk = jdk;
        this.kind = kind;
    }

    static Stream<Arguments> cells() {
        return ForkedJvm.jdks().stream().flatMap(jdk -> Places.RUN_HERE.stream().map(kind -> Arguments.of(jdk, kind)));
    }

    @BeforeAll
    static void prepare() {
        places = new Places(folder);
    }

    @AfterAll
    static void tidy() throws Exception {
        places.close();
    }

    @BeforeParameterizedClassInvocation
    static void run(Path jdk, Kind kind) throws Exception {
        FutureTask<ForkedJvm.Outcome> other = new FutureTask<>(() -> play(jdk, kind, "plain", "first"));
        new Thread(other, "plain").start();
        FutureTask<ForkedJvm.Outcome> one = new FutureTask<>(() -> {
            other.get();
            return play(jdk, kind, "one", "first");
        });
        new Thread(one, "one").start();
        agentRun = play(jdk, kind, "agent", "first,used");
        plainRun = other.get();
        plain = Transcript.of(plainRun.out());
        agent = Transcript.of(agentRun.out());
        reused = Transcript.of(one.get().out());
    }

    private static ForkedJvm.Outcome play(Path jdk, Kind kind, String mode, String passes) throws Exception {
        ForkedJvm jvm = ForkedJvm.on(jdk)
                // H2 lets whoever had a wrong password wait for seconds.
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dh2.delayWrongPasswordMin=0");
        jvm.option(Places.options(jdk)).classPathOf(Places.driver(kind));
        // Derby's server runs in the same JVM, where it leaves open what its clients left open.
        String quiet = kind == Kind.DERBY_SERVER ? "leak.reportAtExit=false" : "";
        if (mode.equals("agent")) {
            jvm.agent(quiet);
        } else if (mode.equals("one")) {
            jvm.agent(ONE_CONNECTION + (quiet.isEmpty() ? "" : "," + quiet));
        }
        Places.Place place = places.make(kind, mode + ForkedJvm.featureOf(jdk));
        ForkedJvm.Outcome outcome = jvm.run(
                Application.class, kind.name(), place.url(), place.user(), place.password(), place.name(), passes);
        // Kept for whoever has to look further than the report of a failure.
        Path kept = Files.createDirectories(ForkedJvm.TARGET.resolve("compat"));
        Files.writeString(kept.resolve(kind + "-" + mode + "-" + ForkedJvm.featureOf(jdk) + ".txt"), outcome.out());
        return outcome;
    }

    @Test
    void every_scenario_goes_as_without_the_agent() {
        assertThat(plain.pass("first")).isNotEmpty();
        assertAllExplained(Unlike.all(kind, plain, agent, "first"));
    }

    @Test
    void and_on_connections_that_others_have_just_used() {
        assertThat(agent.pass("used")).hasSameSizeAs(plain.pass("first"));
        assertAllExplained(Unlike.all(kind, plain, agent, "used"));
    }

    /** Each scenario has the connection that the one before it gave back. */
    @Test
    void and_on_one_connection_that_all_of_them_share_in_turn() {
        assertThat(reused.pass("first")).hasSameSizeAs(plain.pass("first"));
        assertAllExplained(Unlike.all(kind, plain, reused, "first"));
    }

    private void assertAllExplained(List<Unlike> found) {
        Map<String, List<Unlike>> left = new LinkedHashMap<>();
        for (Unlike unlike : found) {
            if (Differences.ALL.stream().noneMatch(each -> each.explains(unlike))) {
                left.computeIfAbsent(unlike.scenario(), scenario -> new ArrayList<>())
                        .add(unlike);
            }
        }
        StringBuilder report = new StringBuilder();
        left.forEach((scenario, steps) -> {
            report.append('\n')
                    .append(scenario)
                    .append(": ")
                    .append(steps.size())
                    .append(" steps");
            steps.stream()
                    .limit(MOST_LINES_PER_SCENARIO)
                    .forEach(step -> report.append("\n    ").append(step));
        });
        assertThat(left.keySet())
                .as("%s on %s, scenarios that differ:%s", kind.title(), jdk.getFileName(), report)
                .isEmpty();
    }

    @Test
    void what_is_listed_as_different_still_is() {
        List<Unlike> found = new ArrayList<>(Unlike.all(kind, plain, agent, "first"));
        found.addAll(Unlike.all(kind, plain, agent, "used"));
        List<Difference> gone = Differences.ALL.stream()
                .filter(each -> each.kinds().contains(kind) && !each.isDefect())
                .filter(each -> found.stream().noneMatch(each::explains))
                .toList();
        assertThat(gone)
                .as("%s on %s: take these off the list of differences", kind.title(), jdk.getFileName())
                .isEmpty();
    }

    @Test
    void prints_nothing_that_would_not_be_there_otherwise() {
        assertThat(agentRun.err()).isEqualTo(plainRun.err());
        assertThat(plainRun.exitCode()).isZero();
        assertThat(agentRun.exitCode()).isZero();
    }

    @Test
    void ran_on_what_the_page_says() {
        assertThat(plain.about()).containsEntry("database", Places.databaseVersion(kind));
        assertThat(plain.about()).containsEntry("driver", Places.driverVersion(kind));
    }
}
