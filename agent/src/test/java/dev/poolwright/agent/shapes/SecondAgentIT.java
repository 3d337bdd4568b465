package dev.poolwright.agent.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.traced.TracedServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.TestClassPath;
import dev.poolwright.agent.behaviour.SideBySide;
import dev.poolwright.agent.telemetry.CollectedSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.ibatis.session.SqlSession;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With another tracing agent in the same JVM, which weaves JDBC too, whichever comes first: everything is pooled, and the
 * flush and the commit of a request are in the trace of that request, whether its application knows OpenTelemetry or not.
 */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class SecondAgentIT {

    private static final List<String> APPLICATIONS = List.of("plain", "global", "private");

    private final Path jdk;

    @TempDir
    Path folder;

    SecondAgentIT(Path jdk) {
        this.jdk = jdk;
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after", "before, with spans of transactions"})
    void pools_and_joins_the_traces_of_the_opentelemetry_agent_that_comes(String when) throws Exception {
        boolean transactions = when.endsWith("transactions");
        try (CollectedSpans collected = new CollectedSpans()) {
            ForkedJvm jvm = server().option(
                            "-Dotel.exporter.otlp.endpoint=" + collected.endpoint(),
                            "-Dotel.metrics.exporter=none",
                            "-Dotel.logs.exporter=none",
                            "-Dotel.javaagent.logging=none",
                            "-Dotel.instrumentation.jdbc.experimental.transaction.enabled=" + transactions);
            ForkedJvm.Outcome outcome = run(jvm, TestClassPath.jars("opentelemetry-javaagent-")[0], when);

            assertPooled(outcome);
            for (String application : APPLICATIONS) {
                List<Span> trace = collected.traceOf("/" + application);
                // As many of the other agent's as without us: H2 commits by itself when auto-commit is set again.
                assertThat(CollectedSpans.names(trace))
                        .as(application)
                        .containsOnlyOnce("SqlSession.flushStatements")
                        .filteredOn(name -> name.startsWith("COMMIT"))
                        .containsExactlyElementsOf(
                                transactions ? List.of("COMMIT", "COMMIT") : List.of("COMMIT mem:traced"));
                assertThat(parentOf(trace, "SqlSession.flushStatements"))
                        .isEqualTo(parentOf(trace, transactions ? "COMMIT" : "COMMIT mem:traced"));
            }
        }
    }

    private static ByteString parentOf(List<Span> trace, String name) {
        return trace.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getParentSpanId();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void pools_and_joins_the_traces_of_the_datadog_agent_that_comes(String when) throws Exception {
        ForkedJvm jvm = server().option(
                        "-Ddd.trace.otel.enabled=true",
                        "-Ddd.writer.type=PrintingWriter",
                        "-Ddd.instrumentation.telemetry.enabled=false",
                        "-Ddd.remote_config.enabled=false",
                        "-Ddd.jmxfetch.enabled=false",
                        "-Ddd.profiling.enabled=false",
                        "-Ddd.trace.startup.logs=false");
        ForkedJvm.Outcome outcome = run(jvm, TestClassPath.jars("dd-java-agent-")[0], when);

        assertPooled(outcome);
        for (String application : APPLICATIONS) {
            assertThat(printedTraceOf("/" + application, outcome.out()))
                    .as(application)
                    .containsOnlyOnce("SqlSession.flushStatements", "COMMIT mem:traced");
        }
    }

    /** What the spans of a request's trace are of, as Datadog's agent prints them. */
    private static List<String> printedTraceOf(String path, String out) throws Exception {
        Map<String, List<String>> traces = new HashMap<>();
        String ofPath = null;
        for (String line :
                out.lines().filter(line -> line.startsWith("{\"traces\"")).toList()) {
            for (JsonNode trace : new ObjectMapper().readTree(line).get("traces")) {
                for (JsonNode span : trace) {
                    String id = span.get("trace_id").asText();
                    traces.computeIfAbsent(id, each -> new ArrayList<>())
                            .add(span.get("resource").asText());
                    ofPath = span.get("resource").asText().equals("GET " + path)
                                    && span.get("name").asText().equals("servlet.request")
                            ? id
                            : ofPath;
                }
            }
        }
        assertThat(traces).containsKey(ofPath);
        return traces.get(ofPath);
    }

    @Test
    void alone_it_leaves_the_applications_own_opentelemetry_alone() throws Exception {
        try (CollectedSpans collected = new CollectedSpans()) {
            ForkedJvm.Outcome outcome = run(server().agent()
                    .option(
                            "-Dotel.exporter.otlp.endpoint=" + collected.endpoint(),
                            "-Dotel.metrics.exporter=none",
                            "-Dotel.logs.exporter=none"));

            assertPooled(outcome);
            assertThat(outcome.out())
                    .contains("global | global, span valid true, current true, wrapper called true")
                    .contains("private | not global, span valid true, current true, wrapper called true");
            assertThat(CollectedSpans.names(collected.spans()))
                    .filteredOn(name -> name.equals("SqlSession.flushStatements"))
                    .hasSize(APPLICATIONS.size());
        }
    }

    private ForkedJvm server() {
        return SideBySide.quick(jdk)
                .classPathOf(Driver.class, SqlSession.class)
                .classPath(TestClassPath.jars("tomcat-embed-", "tomcat-annotations-", "jakarta.annotation-"));
    }

    private ForkedJvm.Outcome run(ForkedJvm jvm, Path other, String when) throws Exception {
        return run(
                when.startsWith("before")
                        ? jvm.agent(other, "").agent()
                        : jvm.agent().agent(other, ""));
    }

    private ForkedJvm.Outcome run(ForkedJvm jvm) throws Exception {
        return jvm.run(TracedServer.class, folder.toString(), opentelemetry());
    }

    private static String opentelemetry() {
        return Arrays.stream(TestClassPath.jars(
                        "opentelemetry-api-", "opentelemetry-context-", "opentelemetry-common-", "opentelemetry-sdk-"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void assertPooled(ForkedJvm.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).doesNotContain("[poolwright]");
        assertThat(outcome.out())
                .contains("shop | orders: [10]", "shop | orders by data source: [19]")
                .contains("# shop | sessions: 1\n", "# shop | sessions by data source: 1\n")
                .contains("shop | an order twice: threw org.h2.jdbc.JdbcSQLIntegrityConstraintViolationException")
                .contains("plain | ordered");
    }
}
