package dev.poolwright.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No method of JDBC has another outcome with the agent, on an object that is open, closed, or left by its connection. */
class SweepIT {

    /** Nothing here makes an object of these; the drivers that do have no server here. */
    private static final String NOT_SWEPT =
            "# not swept: ConnectionBuilder, Driver, DriverAction, Ref, RowId, SQLData, "
                    + "SQLInput, SQLOutput, SQLType, ShardingKey, ShardingKeyBuilder, Struct, Wrapper";

    private static final int FEWEST_CALLS = 4_000;

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

    static Stream<Arguments> runs() {
        return Stream.of(Place.values())
                .flatMap(place -> ForkedJvm.jdks().stream().map(jdk -> Arguments.of(place, jdk)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void has_the_same_outcome_of_every_method(Place place, Path jdk) throws Exception {
        Servers.Address ofPlain = servers.create(place, "plain");
        Servers.Address ofAgent = servers.create(place, "agent");
        FutureTask<ForkedJvm.Outcome> beside = new FutureTask<>(() -> ofPlain.run(ForkedJvm.on(jdk)));
        new Thread(beside, "plain").start();
        ForkedJvm.Outcome agent = ofAgent.run(ForkedJvm.on(jdk).agent());
        ForkedJvm.Outcome plain = beside.get();

        assertThat(plain.exitCode()).as(plain.err()).isZero();
        // Drivers log there, with times and names.
        assertThat(agent.err()).doesNotContain("[poolwright]");
        assertThat(plain.out()).startsWith(NOT_SWEPT);
        assertThat(Difference.outcomes(plain.out())).hasSizeGreaterThan(FEWEST_CALLS);

        Set<IntendedDifferences.Intended> seen = new HashSet<>();
        List<Difference> unintended = new ArrayList<>();
        for (Difference difference : Difference.between(plain.out(), agent.out())) {
            IntendedDifferences.Intended intended = IntendedDifferences.of(place, difference);
            if (intended == null) {
                unintended.add(difference);
            } else {
                seen.add(intended);
            }
        }
        assertThat(unintended).isEmpty();
        assertThat(IntendedDifferences.all())
                .as("every intended difference is still there")
                .allMatch(intended ->
                        seen.contains(intended) || !intended.places().contains(place));
    }
}
