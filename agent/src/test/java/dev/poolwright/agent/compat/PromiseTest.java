package dev.poolwright.agent.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.compat.Kind;
import com.acme.compat.Scenario;
import com.acme.compat.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page says that shows a promise is there to show it. */
class PromiseTest {

    private static final List<Path> TESTS = List.of(
            Path.of("src", "test", "java"),
            Path.of("..", "runtime", "src", "test", "java"),
            Path.of("..", "otel-exporter", "src", "test", "java"));

    @Test
    void has_a_scenario_or_a_test_for_each_that_there_is() throws IOException {
        Set<String> scenarios = Stream.of(Kind.values())
                .flatMap(kind -> Scenario.of(Subjects.ALL, kind).stream())
                .map(Scenario::name)
                .collect(Collectors.toSet());
        for (Promise promise : Promise.ALL) {
            assertThat(promise.proofs()).as("%d", promise.number()).isNotEmpty();
            for (String proof : promise.proofs()) {
                assertThat(scenarios.contains(proof) || isTest(proof))
                        .as("%d: %s is a scenario or a test", promise.number(), proof)
                        .isTrue();
            }
        }
    }

    @Test
    void leaves_out_none_that_an_application_can_see() {
        assertThat(Promise.ALL.stream().map(Promise::number))
                .containsExactly(
                        17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 63);
    }

    private static boolean isTest(String proof) throws IOException {
        String file = proof.substring(0, proof.indexOf('.')) + ".java";
        String method = "void " + proof.substring(proof.indexOf('.') + 1) + "(";
        for (Path folder : TESTS) {
            try (Stream<Path> sources = Files.walk(folder)) {
                List<Path> found = sources.filter(path -> path.endsWith(file)).toList();
                for (Path source : found) {
                    if (Files.readString(source).contains(method)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
