package dev.poolwright.demo.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpReceiverTest {

    private OtlpReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = OtlpReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void counts_spans_by_name_and_a_repeated_one_once() throws Exception {
        ExportTraceServiceRequest spans = spans(span("COMMIT orders", "1"), span("COMMIT orders", "2"));

        assertThat(post("/v1/traces", spans.toByteArray(), false)).isEqualTo(200);
        assertThat(post("/v1/traces", spans.toByteArray(), true)).isEqualTo(200);

        assertThat(receiver.telemetry().spans()).hasSize(1).containsEntry("COMMIT orders", 2L);
        assertThat(receiver.telemetry().failedSpans()).isZero();
    }

    @Test
    void knows_a_failed_span() throws Exception {
        Status error = Status.newBuilder()
                .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                .setMessage("40001")
                .build();

        post(
                "/v1/traces",
                spans(span("COMMIT", "1").toBuilder().setStatus(error).build()));

        assertThat(receiver.telemetry().failedSpans()).isEqualTo(1);
    }

    @Test
    void names_the_line_of_a_leak() throws Exception {
        LogRecord leak = LogRecord.newBuilder()
                .setEventName("poolwright.connection.leak")
                .addAttributes(text("code.function.name", "com.acme.Dao$Row.load"))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("code.line.number")
                        .setValue(AnyValue.newBuilder().setIntValue(41)))
                .build();
        LogRecord other = LogRecord.newBuilder().setEventName("other").build();

        post("/v1/logs", logs(leak, leak, other));

        assertThat(receiver.telemetry().leaks()).hasSize(1).containsEntry("com.acme.Dao$Row.load(Dao.java:41)", 2L);
    }

    @Test
    void knows_idle_connections_only_by_a_measurement_young_enough() throws Exception {
        post("/v1/metrics", count(point("idle", 3, 100), point("used", 1, 100), point("idle", 2, 100)));

        assertThat(receiver.telemetry().connections("idle", 100)).hasValue(5);
        assertThat(receiver.telemetry().connections("idle", 101)).isEmpty();

        post("/v1/metrics", count(point("idle", 4, 200)));
        assertThat(receiver.telemetry().connections("idle", 101)).hasValue(4);
    }

    @Test
    void refuses_what_is_not_otlp() throws Exception {
        assertThat(post("/v1/traces", "{\"not\": \"protobuf\"}".getBytes(UTF_8), false))
                .isEqualTo(400);
        assertThat(receiver.telemetry().refused()).hasSize(1);
    }

    private void post(String path, MessageLite message) throws Exception {
        assertThat(post(path, message.toByteArray(), false)).isEqualTo(200);
    }

    private int post(String path, byte[] body, boolean zip) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(receiver.endpoint() + path));
        if (zip) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(body);
            }
            request.header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()));
        } else {
            request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Span span(String name, String id) {
        return Span.newBuilder()
                .setName(name)
                .setStartTimeUnixNano(1_700_000_000_000_000_000L)
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .addAttributes(text("db.namespace", "bücher"))
                .setTraceId(ByteString.copyFromUtf8("trace"))
                .setSpanId(ByteString.copyFromUtf8(id))
                .build();
    }

    private static ExportTraceServiceRequest spans(Span... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build();
    }

    private static ExportLogsServiceRequest logs(LogRecord... records) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord record : records) {
            scope.addLogRecords(record);
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build();
    }

    private static NumberDataPoint point(String state, long value, long unixNanos) {
        return NumberDataPoint.newBuilder()
                .addAttributes(text("db.client.connection.state", state))
                .setAsInt(value)
                .setTimeUnixNano(unixNanos)
                .build();
    }

    private static ExportMetricsServiceRequest count(NumberDataPoint... points) {
        Sum.Builder sum = Sum.newBuilder();
        for (NumberDataPoint point : points) {
            sum.addDataPoints(point);
        }
        Metric metric = Metric.newBuilder()
                .setName("db.client.connection.count")
                .setSum(sum)
                .build();
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
                .build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
