package dev.poolwright.otel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.otel.settings.ExporterSettings;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OtlpExportTest {

    // Here the library shares the test's class loader, where its lines are left alone.
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private static final Duration LONG = Duration.ofSeconds(30);

    private final OtlpReceiver receiver = new OtlpReceiver();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    OtlpExportTest() throws IOException {}

    @BeforeAll
    static void keep_the_librarys_stack_traces_out_of_the_report() {
        LIBRARY.setLevel(Level.OFF);
    }

    @AfterAll
    static void let_the_library_speak_again() {
        LIBRARY.setLevel(null);
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void delivers_spans_metrics_and_events_by_the_time_it_is_closed() {
        Exporter exporter = start(settings());
        Events.everything(exporter.listener());
        assertThat(exporter.close(LONG)).isTrue();

        assertThat(receiver.spans())
                .extracting(Span::getName)
                .containsExactlyInAnyOrder("BATCH orders", "Session.flush", "COMMIT orders");
        Span flush = span("Session.flush");
        assertThat(span("BATCH orders").getParentSpanId()).isEqualTo(flush.getSpanId());
        assertThat(span("BATCH orders").getTraceId()).isEqualTo(flush.getTraceId());
        assertThat(span("COMMIT orders").getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(receiver.metrics())
                .extracting(Metric::getName)
                .contains(
                        "db.client.connection.count",
                        "db.client.connection.idle.max",
                        "db.client.connection.max",
                        "db.client.connection.pending_requests",
                        "db.client.connection.create_time",
                        "db.client.connection.wait_time",
                        "db.client.connection.use_time",
                        "db.client.operation.duration",
                        "poolwright.connection.leaks",
                        "poolwright.connection.overflow");
        assertThat(receiver.events()).extracting(LogRecord::getEventName).containsExactly("poolwright.connection.leak");
        assertThat(exporter.droppedByFailure()).isZero();
        assertThat(exporter.accidents()).isZero();
        assertThat(warnings).isEmpty();
    }

    @Test
    void says_who_it_is_and_sends_what_the_settings_ask_for() {
        Exporter exporter = start(settings()
                .with("otel.service.name", "shop")
                .with("otel.resource.attributes", "deployment.environment.name=test")
                .with("otel.exporter.otlp.headers", "api-key=s%20ecret,tenant=7")
                .with("otel.exporter.otlp.compression", "gzip"));
        Events.commit(exporter.listener());
        assertThat(exporter.close(LONG)).isTrue();

        assertThat(receiver.resource("service.name")).isEqualTo("shop");
        assertThat(receiver.resource("deployment.environment.name")).isEqualTo("test");
        assertThat(receiver.resource("telemetry.distro.name")).isEqualTo("poolwright");
        OtlpReceiver.Request request = receiver.requests().stream()
                .filter(r -> r.path().equals("/v1/traces"))
                .findFirst()
                .orElseThrow();
        assertThat(request.headers().getFirst("Api-key")).isEqualTo("s ecret");
        assertThat(request.headers().getFirst("Tenant")).isEqualTo("7");
        assertThat(request.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-protobuf");
        assertThat(request.headers().getFirst("User-Agent")).startsWith("OTel-OTLP-Exporter-Java");
    }

    @Test
    void exports_full_batches_without_waiting_for_the_end() {
        Exporter exporter =
                start(settings().with("otel.bsp.max.export.batch.size", "10").with("otel.bsp.schedule.delay", "20"));
        for (int i = 0; i < 25; i++) {
            Events.commit(exporter.listener());
        }
        await(() -> receiver.spans().size() == 25);

        assertThat(exporter.close(LONG)).isTrue();
    }

    @Test
    void sends_only_the_signals_that_are_asked_for() {
        Exporter exporter =
                start(settings().with("otel.metrics.exporter", "none").with("otel.logs.exporter", "none"));
        Events.everything(exporter.listener());
        exporter.close(LONG);

        assertThat(receiver.spans()).hasSize(3);
        assertThat(receiver.requests()).extracting(OtlpReceiver.Request::path).containsOnly("/v1/traces");
    }

    @Test
    void tries_again_while_the_endpoint_is_busy() {
        receiver.refuses(503);
        Exporter exporter = start(traces().with("otel.bsp.schedule.delay", "20"));
        Events.commit(exporter.listener());
        await(() -> receiver.spans().size() == 1);

        assertThat(exporter.close(LONG)).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void does_not_try_again_what_the_endpoint_rejects() {
        receiver.refuses(400);
        Exporter exporter = start(traces());
        Events.commit(exporter.listener());

        assertThat(exporter.close(LONG)).isFalse();
        assertThat(receiver.spans()).isEmpty();
        assertThat(exporter.droppedByFailure()).isEqualTo(1);
        assertThat(warnings).singleElement().asString().contains("1 spans", receiver.endpoint(), "400");
    }

    private ExporterSettings settings() {
        return ExporterSettings.of(ExporterSettings.Kind.AUTO, warnings::add, line -> {})
                .with("otel.exporter.otlp.endpoint", receiver.endpoint());
    }

    private ExporterSettings traces() {
        return settings().with("otel.metrics.exporter", "none").with("otel.logs.exporter", "none");
    }

    private Span span(String name) {
        return receiver.spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Exporter start(ExporterSettings settings) {
        return requireNonNull(Exporter.start(settings));
    }

    private static void await(BooleanSupplier condition) {
        Instant giveUp = Instant.now().plus(LONG);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(giveUp);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
