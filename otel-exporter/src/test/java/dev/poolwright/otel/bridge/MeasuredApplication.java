package dev.poolwright.otel.bridge;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import java.util.function.Function;

/** The same with all signals, global from the start, of the current version. */
public final class MeasuredApplication implements Function<String, Object> {

    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final InMemoryLogRecordExporter records = InMemoryLogRecordExporter.create();

    public MeasuredApplication() {
        GlobalOpenTelemetry.set(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder().build())
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(metrics).build())
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .addLogRecordProcessor(SimpleLogRecordProcessor.create(records))
                        .build())
                .build());
    }

    @Override
    public Object apply(String word) {
        switch (word) {
            case "begin":
                return Span.current().getSpanContext().isValid();
            case "metrics":
                return metrics.collectAllMetrics().stream()
                        .map(metric -> metric.getName())
                        .sorted()
                        .toList();
            case "records":
                return records.getFinishedLogRecordItems().stream()
                        .map(record -> record.getEventName() + " "
                                + record.getSpanContext().getTraceId())
                        .toList();
            default:
                return List.of();
        }
    }
}
