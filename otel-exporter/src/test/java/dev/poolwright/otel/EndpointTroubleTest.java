package dev.poolwright.otel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.otel.settings.ExporterSettings;
import dev.poolwright.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EndpointTroubleTest {

    // Here the library shares the test's class loader, where its lines are left alone.
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void keep_the_librarys_stack_traces_out_of_the_report() {
        LIBRARY.setLevel(Level.OFF);
    }

    @AfterAll
    static void let_the_library_speak_again() {
        LIBRARY.setLevel(null);
    }

    @Test
    void commits_do_not_wait_for_an_endpoint_that_is_not_there() throws Exception {
        Exporter exporter = start("http://127.0.0.1:" + freePort());
        long before = Ticker.SYSTEM.nanos();
        for (int i = 0; i < 5_000; i++) {
            Events.commit(exporter.listener());
        }
        long took = Ticker.SYSTEM.nanos() - before;

        assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(5));
        assertThat(exporter.close(Duration.ofSeconds(20))).isFalse();
        assertThat(exporter.droppedByFailure()).isEqualTo(5_000);
        assertThat(exporter.accidents()).isZero();
        assertThat(warnings).singleElement().asString().contains("spans", "ConnectException");
    }

    @Test
    void the_end_does_not_wait_for_an_endpoint_that_is_not_there() throws Exception {
        Exporter exporter = start("http://127.0.0.1:" + freePort());
        Events.everything(exporter.listener());
        long before = Ticker.SYSTEM.nanos();
        exporter.close(Duration.ofSeconds(20));

        // One attempt and no retries; the first retry would be a second later.
        assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void the_end_waits_for_a_slow_endpoint_only_as_long_as_it_may() throws Exception {
        try (OtlpReceiver slow = new OtlpReceiver().hangs()) {
            Exporter exporter = start(slow.endpoint());
            Events.commit(exporter.listener());
            long before = Ticker.SYSTEM.nanos();

            assertThat(exporter.close(Duration.ofMillis(300))).isFalse();
            assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(exporter.droppedByFailure()).isEqualTo(1);
        }
    }

    @Test
    void gives_up_on_a_slow_endpoint_after_the_configured_timeout() throws Exception {
        try (OtlpReceiver slow = new OtlpReceiver().hangs()) {
            Exporter exporter = requireNonNull(Exporter.start(settings(slow.endpoint())
                    .with("otel.exporter.otlp.timeout", "200")
                    .with("otel.metrics.exporter", "none")
                    .with("otel.logs.exporter", "none")));
            Events.commit(exporter.listener());
            long before = Ticker.SYSTEM.nanos();

            assertThat(exporter.close(Duration.ofSeconds(20))).isFalse();
            assertThat(Duration.ofNanos(Ticker.SYSTEM.nanos() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(warnings).singleElement().asString().contains("1 spans", "SocketTimeoutException");
        }
    }

    @Test
    void settings_that_make_no_sense_are_said_and_telemetry_is_off() {
        assertThat(Exporter.start(settings("collector:4318"))).isNull();
        assertThat(warnings).singleElement().asString().contains("nothing is exported", "collector:4318");
    }

    private Exporter start(String endpoint) {
        return requireNonNull(Exporter.start(settings(endpoint)));
    }

    private ExporterSettings settings(String endpoint) {
        return ExporterSettings.of(ExporterSettings.Kind.AUTO, warnings::add, line -> {})
                .with("otel.exporter.otlp.endpoint", endpoint);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
