package dev.poolwright.otel.signal;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.otel.settings.SpanLimits;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A listener on an SDK that keeps everything in memory, and a clock that stands still until it is moved. */
final class Recorded {

    static final EngineInfo ORDERS = new EngineInfo(
            "db:5432/orders@app", "jdbc:postgresql://db/orders", "app", "postgresql", "orders", "db", -1);
    static final SessionInfo SESSION = new SessionInfo("hibernate", "Session");
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    final InMemorySpanExporter spans = InMemorySpanExporter.create();
    final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    final InMemoryLogRecordExporter events = InMemoryLogRecordExporter.create();
    final AtomicLong nanos = new AtomicLong(1_000);
    final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .setLoggerProvider(SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(events))
                    .build())
            .build();
    final TelemetryListener listener;

    Recorded() {
        this(false);
    }

    Recorded(boolean othersReportTransactions) {
        this(othersReportTransactions, SpanLimits.usual());
    }

    Recorded(SpanLimits limits) {
        this(false, limits);
    }

    private Recorded(boolean othersReportTransactions, SpanLimits limits) {
        Clock stopped = Clock.fixed(START, ZoneOffset.UTC);
        listener = new TelemetryListener(
                new Spans(sdk, null),
                new PoolMetrics(sdk),
                new LeakRecords(sdk),
                limits,
                othersReportTransactions,
                nanos::get,
                stopped);
    }

    static EngineStats stats(int overflow, int leased, int idle, int waiting) {
        return new EngineStats(5, overflow, leased, idle, waiting, 9, 2);
    }

    SpanData onlySpan() {
        if (spans.getFinishedSpanItems().size() != 1) {
            throw new AssertionError("expected one span: " + spans.getFinishedSpanItems());
        }
        return spans.getFinishedSpanItems().get(0);
    }

    MetricData metric(String name) {
        return metrics.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }
}
