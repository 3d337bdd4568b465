package dev.poolwright.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM and a class loader of its own, as the agent has it. */
class IsolatedLoaderTest {

    @TempDir
    private Path scratch;

    /** What a program left behind. */
    private record Outcome(List<String> out, List<String> err) {}

    @Test
    void loads_no_opentelemetry_class_where_nothing_is_configured() throws Exception {
        Outcome outcome = run("AUTO", Map.of());

        assertThat(outcome.out()).contains("no exporter", "OpenTelemetry classes: 0");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void exports_by_the_environments_settings_with_threads_that_hold_nothing_of_the_application() throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            Outcome outcome = run(
                    "AUTO", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(), "OTEL_SERVICE_NAME", "shop"));

            assertThat(outcome.out())
                    .contains(
                            "exports to " + receiver.endpoint(),
                            "all arrived: true",
                            "dropped 0, accidents 0",
                            "inherited thread locals: 0");
            assertThat(outcome.out().stream().filter(line -> line.startsWith("thread ")))
                    .hasSizeGreaterThan(2)
                    .allMatch(line -> line.matches(".* daemon=true context=(null|IsolatedLoader)"));
            assertThat(receiver.spans()).hasSize(3);
            assertThat(receiver.resource("service.name")).isEqualTo("shop");
            assertThat(withoutTheApplicationsOwn(outcome)).isEmpty();
        }
    }

    @Test
    void says_one_line_about_an_endpoint_that_is_not_there_and_nothing_else() throws Exception {
        String endpoint = "http://127.0.0.1:" + freePort();
        Outcome outcome = run("AUTO", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint));

        assertThat(outcome.out()).contains("all arrived: false", "dropped 4, accidents 0");
        assertThat(withoutTheApplicationsOwn(outcome))
                .singleElement()
                .asString()
                .startsWith("[poolwright] WARN telemetry: could not deliver ")
                .contains(endpoint, "ConnectException");
    }

    @Test
    void lets_the_applications_own_lines_through() throws Exception {
        Outcome outcome = run("CONSOLE", Map.of());

        assertThat(outcome.err()).anyMatch(line -> line.startsWith("span COMMIT orders"));
        assertThat(outcome.err()).contains("WARNING: the application's own line");
    }

    /** Without what the scenario logs as if it were the application: a line of the logger's name and one of text. */
    private static List<String> withoutTheApplicationsOwn(Outcome outcome) {
        assertThat(outcome.err()).contains("WARNING: the application's own line");
        return outcome.err().stream()
                .filter(line -> !line.contains("IsolatedScenario run") && !line.contains("the application's own line"))
                .toList();
    }

    private Outcome run(String kind, Map<String, String> environment) throws IOException, InterruptedException {
        Path err = scratch.resolve("err");
        Path out = scratch.resolve("out");
        List<String> command = new ArrayList<>(Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.poolwright.otel.IsolatedProgram",
                kind));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(err.toFile()).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_") || name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(environment);
        Process program = builder.start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Outcome outcome = new Outcome(Files.readAllLines(out), Files.readAllLines(err));
        assertThat(program.exitValue()).as(outcome.toString()).isZero();
        return outcome;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
