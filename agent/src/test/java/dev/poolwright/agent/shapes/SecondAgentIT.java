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
import java.util.HexFormat;
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
 * Without another they are where the application has an SDK of its own.
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
    void alone_it_joins_the_applications_own_traces_and_sends_the_rest_where_it_is_told() throws Exception {
        try (CollectedSpans collected = new CollectedSpans()) {
            ForkedJvm.Outcome outcome = run(server().agent()
                    .option(
                            "-Dotel.exporter.otlp.endpoint=" + collected.endpoint(),
                            "-Dotel.metrics.exporter=none",
                            "-Dotel.logs.exporter=none"));

            assertPooled(outcome);
            assertLeftAlone(outcome);
            assertThat(exported("/global", outcome))
                    .as("made by the application's tracer")
                    .isEqualTo(List.of("SqlSession.flushStatements", "BATCH mem:traced", "COMMIT mem:traced"));
            assertThat(exported("/private", outcome)).isEmpty();
            String[] request = request("/private", outcome);
            List<Span> trace = collected.spans().stream()
                    .filter(span -> hex(span.getTraceId()).equals(request[0]))
                    .toList();
            assertThat(CollectedSpans.names(trace))
                    .containsExactlyInAnyOrder("SqlSession.flushStatements", "BATCH mem:traced", "COMMIT mem:traced");
            assertThat(hex(parentOf(trace, "COMMIT mem:traced"))).isEqualTo(request[2]);
            assertThat(hex(parentOf(trace, "SqlSession.flushStatements"))).isEqualTo(request[2]);
            assertThat(CollectedSpans.names(collected.spans()))
                    .filteredOn(name -> name.equals("SqlSession.flushStatements"))
                    .as("of the one that is not global, and of the one without OpenTelemetry")
                    .hasSize(2);
        }
    }

    @Test
    void alone_and_with_no_settings_at_all_it_joins_what_is_global_already() throws Exception {
        ForkedJvm.Outcome outcome = run(server().agent().option("-Dcom.acme.traced.first=true"));

        assertPooled(outcome);
        assertLeftAlone(outcome);
        assertThat(exported("/global", outcome))
                .isEqualTo(List.of("SqlSession.flushStatements", "BATCH mem:traced", "COMMIT mem:traced"));
        assertThat(exported("/private", outcome)).isEmpty();
    }

    /** Its {@code GlobalOpenTelemetry.set} and its {@code ContextStorage.addWrapper} work, before and after us. */
    private static void assertLeftAlone(ForkedJvm.Outcome outcome) {
        assertThat(outcome.out())
                .contains("global | global, span valid true, current true, wrapper called true")
                .contains("private | not global, span valid true, current true, wrapper called true");
    }

    /** What an application's own exporter got of ours, all of it in the trace of its request and below that. */
    private static List<String> exported(String application, ForkedJvm.Outcome outcome) {
        String[] request = request(application, outcome);
        List<String> names = new ArrayList<>();
        String flush = "";
        for (String line : outcome.out().lines().toList()) {
            String begin = application + " exports ";
            if (line.startsWith(begin) && !line.startsWith(begin + "GET")) {
                String name = line.substring(begin.length(), line.indexOf(" | "));
                String[] ids = line.substring(line.indexOf(" | ") + 3).split(" ", -1);
                assertThat(ids[0]).as(line).isEqualTo(request[0]);
                if (name.startsWith("BATCH")) {
                    flush = ids[1];
                } else {
                    assertThat(ids[1]).as(line).isEqualTo(request[2]);
                }
                names.add(name);
                if (name.endsWith("flushStatements")) {
                    assertThat(ids[2]).as("around the batch").isEqualTo(flush);
                    names.remove(names.indexOf("BATCH mem:traced"));
                    names.add("BATCH mem:traced");
                }
            }
        }
        return names;
    }

    /** Of the span of its request: the trace, the parent, its own number. */
    private static String[] request(String application, ForkedJvm.Outcome outcome) {
        String begin = application + " exports GET " + application + " | ";
        List<String> found =
                outcome.out().lines().filter(line -> line.startsWith(begin)).toList();
        assertThat(found).as(outcome.out()).hasSize(1);
        return found.get(0).substring(begin.length()).split(" ", -1);
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
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
