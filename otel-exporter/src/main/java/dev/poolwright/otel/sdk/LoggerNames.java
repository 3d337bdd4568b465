package dev.poolwright.otel.sdk;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The {@code java.util.logging} names that OpenTelemetry's classes log to; a test compares them with the libraries. */
final class LoggerNames {

    static final String PREFIX = "io.opentelemetry.";

    /** Without {@link #PREFIX}. */
    static final List<String> ALL = Collections.unmodifiableList(Arrays.asList(
            "api.GlobalOpenTelemetry",
            "api.baggage.propagation.Parser",
            "api.baggage.propagation.W3CBaggagePropagator",
            "api.trace.propagation.W3CTraceContextPropagator",
            "context.ContextStorageWrappers",
            "context.LazyStorage",
            "context.StrictContextStorage",
            "context.ThreadLocalContextStorage",
            "exporter.internal.SenderUtil",
            "exporter.internal.marshal.StringEncoderHolder",
            "exporter.otlp.internal.GrpcExporter",
            "exporter.otlp.internal.GrpcExporterBuilder",
            "exporter.otlp.internal.GrpcExporterUtil",
            "exporter.otlp.internal.HttpExporter",
            "exporter.otlp.internal.HttpExporterBuilder",
            "exporter.otlp.internal.OtlpConfigUtil",
            "exporter.prometheus.Otel2PrometheusConverter",
            "exporter.prometheus.PrometheusHttpServerBuilder",
            "sdk.OpenTelemetrySdk",
            "sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder",
            "sdk.autoconfigure.DeclarativeConfigUtil",
            "sdk.autoconfigure.EnvironmentResource",
            "sdk.common.CompletableResultCode",
            "sdk.logs.SdkLoggerProvider",
            "sdk.logs.export.BatchLogRecordProcessor",
            "sdk.logs.export.BatchLogRecordProcessorBuilder",
            "sdk.logs.export.MultiLogRecordExporter",
            "sdk.logs.export.SimpleLogRecordProcessor",
            "sdk.metrics.SdkDoubleCounter",
            "sdk.metrics.SdkDoubleHistogram",
            "sdk.metrics.SdkLongCounter",
            "sdk.metrics.SdkLongHistogram",
            "sdk.metrics.SdkMeter",
            "sdk.metrics.SdkMeterProvider",
            "sdk.metrics.SdkObservableInstrument",
            "sdk.metrics.export.PeriodicMetricReader",
            "sdk.metrics.internal.state.AsynchronousMetricStorage",
            "sdk.metrics.internal.state.CallbackRegistration",
            "sdk.metrics.internal.state.DefaultSynchronousMetricStorage",
            "sdk.metrics.internal.state.MetricStorageRegistry",
            "sdk.metrics.internal.state.SdkObservableMeasurement",
            "sdk.metrics.internal.view.DefaultAggregation",
            "sdk.metrics.internal.view.ViewRegistry",
            "sdk.resources.Resource",
            "sdk.resources.ResourceBuilder",
            "sdk.trace.SdkSpan",
            "sdk.trace.SdkTracerProvider",
            "sdk.trace.export.BatchSpanProcessor",
            "sdk.trace.export.BatchSpanProcessorBuilder",
            "sdk.trace.export.MultiSpanExporter",
            "sdk.trace.export.SimpleSpanProcessor",
            "sdk.trace.samplers.ParentBasedSamplerBuilder",
            "usage"));

    private LoggerNames() {}
}
