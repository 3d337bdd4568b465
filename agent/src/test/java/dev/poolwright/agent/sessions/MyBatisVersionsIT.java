package dev.poolwright.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.sessions.MyBatisDesk;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** MyBatis 3.2 and 3.5: the same application with each. */
class MyBatisVersionsIT {

    @TempDir
    Path folder;

    static Stream<Arguments> runs() {
        return ForkedJvm.jdks().stream()
                .flatMap(jdk -> Stream.of("mybatis-3.2", "mybatis-3.5").map(version -> Arguments.of(jdk, version)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void each_batch_and_step_once_and_each_leak_by_its_line(Path jdk, String version) throws Exception {
        ForkedJvm jvm = Seen.agent(SideBySide.quick(jdk), folder.resolve("log"))
                .option("-Xmx64m")
                .classPath(LibraryJars.of("h2-", version));

        Seen seen = Seen.run(jvm, folder.resolve("log"), MyBatisDesk.class);

        assertThat(seen.otherWarnings()).isEmpty();
        assertThat(seen.flushes("SqlSession.flushStatements"))
                .containsExactly(
                        "manual 2 1 0 0 in 2", "auto 1 0 0 0 in 1", "commit 0 0 1 0 in 1", "commit 1 0 0 0 in 1");
        seen.assertLeaks("mybatis SqlSession");
        assertThat(seen.steps())
                .isEqualTo(Map.of(
                        "SqlSession open", 13,
                        "SqlSession commit", 5,
                        "SqlSession rollback", 1,
                        "SqlSession close", 9));
    }
}
