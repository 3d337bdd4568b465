package dev.poolwright.agent.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shapes.Shop;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.TestClassPath;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import org.h2.Driver;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the OpenTelemetry agent in the same JVM, which weaves JDBC too, whichever comes first. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class SecondAgentIT {

    private final Path jdk;

    SecondAgentIT(Path jdk) {
        this.jdk = jdk;
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void pools_beside_the_opentelemetry_agent_that_comes(String when) throws Exception {
        Path other = TestClassPath.jars("opentelemetry-javaagent-")[0];
        ForkedJvm jvm = SideBySide.quick(jdk)
                .option(
                        "-Dotel.traces.exporter=none",
                        "-Dotel.metrics.exporter=none",
                        "-Dotel.logs.exporter=none",
                        "-Dotel.javaagent.logging=none");
        if (when.equals("before")) {
            jvm.agent(other, "").agent();
        } else {
            jvm.agent().agent(other, "");
        }

        ForkedJvm.Outcome outcome = jvm.classPathOf(Driver.class).run(Shop.class);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).doesNotContain("poolwright");
        assertThat(outcome.out())
                .contains("shop | orders: [10]", "shop | orders by data source: [19]")
                .contains("# shop | sessions: 1\n", "# shop | sessions by data source: 1\n")
                .contains("shop | an order twice: threw org.h2.jdbc.JdbcSQLIntegrityConstraintViolationException");
    }
}
