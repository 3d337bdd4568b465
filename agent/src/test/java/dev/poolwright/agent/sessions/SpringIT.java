package dev.poolwright.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.sessions.SpringDesk;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Spring's transaction managers on top: nothing is seen twice, and only what the application forgot is a leak. */
class SpringIT {

    @TempDir
    Path folder;

    static Stream<Arguments> runs() {
        int oldest =
                ForkedJvm.jdks().stream().mapToInt(ForkedJvm::featureOf).min().orElseThrow();
        return ForkedJvm.jdks().stream()
                .flatMap(jdk -> Stream.of("javax", "jakarta")
                        .filter(world -> world.equals("jakarta") || ForkedJvm.featureOf(jdk) == oldest)
                        .map(world -> Arguments.of(jdk, world)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shows_each_step_once_and_takes_only_the_forgotten_session_for_a_leak(Path jdk, String world) throws Exception {
        boolean isJavax = world.equals("javax");
        ForkedJvm jvm = Seen.agent(SideBySide.quick(jdk), folder.resolve("log"))
                .option("-Xmx96m")
                .classPath(PersistenceUnit.in(folder))
                .classPath(isJavax ? LibraryJars.hibernate5() : LibraryJars.hibernate6())
                .classPath(LibraryJars.spring(isJavax ? "5.3" : "6.2"))
                .classPath(LibraryJars.of("mybatis-3.5", isJavax ? "mybatis-spring-2" : "mybatis-spring-3"));

        Seen seen = Seen.run(jvm, folder.resolve("log"), SpringDesk.class, world);

        assertThat(seen.out()).contains("amount 2", "extended open true", "found true");
        assertThat(seen.otherWarnings()).isEmpty();
        assertThat(seen.flushes("Session.flush"))
                .hasSize(isJavax ? 4 : 3)
                .allMatch(flush -> flush.startsWith("commit "));
        assertThat(seen.warnings("[PW-202]"))
                .singleElement()
                .asString()
                .contains("opened at com.acme.sessions.SpringDesk.forgotten(SpringDesk.java:" + line(seen) + ")");
        assertThat(seen.warnings("[PW-203]")).isEmpty();
        assertThat(seen.warnings("[PW-201]")).isEmpty();
        assertThat(seen.steps())
                .isEqualTo(Map.of(
                        "Session open",
                        isJavax ? 6 : 5,
                        "Session commit",
                        isJavax ? 4 : 3,
                        "Session close",
                        isJavax ? 4 : 3,
                        "SqlSession open",
                        2,
                        "SqlSession commit",
                        2,
                        "SqlSession close",
                        2));
    }

    private static String line(Seen seen) {
        return seen.out().stream()
                .filter(line -> line.startsWith("forgotten at "))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", "");
    }
}
