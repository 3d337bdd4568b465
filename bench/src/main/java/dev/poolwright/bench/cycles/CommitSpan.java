package dev.poolwright.bench.cycles;

import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineBuilder;
import dev.poolwright.otel.settings.SpanLimits;
import dev.poolwright.otel.signal.TelemetryListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.OpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What telemetry costs a commit: an update and a commit on a connection that is held, over a driver that does nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommitSpan {

    /** Who hears: nobody, an SDK that exports spans in batches to nowhere, or one that has the metrics as well. */
    @Param({"nobody", "spans", "spans-and-metrics"})
    public String hears;

    private static final Attributes ATTRIBUTES = Attributes.of(
            AttributeKey.stringKey("db.system.name"),
            "other_sql",
            AttributeKey.stringKey("db.operation.name"),
            "COMMIT");

    private OpenTelemetrySdk sdk;
    private Tracer tracer;
    private Engine engine;
    private Connection connection;
    private PreparedStatement statement;

    /** Borrows a connection and begins. */
    @Setup
    public void open() throws SQLException {
        EngineBuilder builder = Engine.builder(Shape.fixed(1).url()).size(1);
        if (!hears.equals("nobody")) {
            OpenTelemetrySdkBuilder telemetry = OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(
                                    BatchSpanProcessor.builder(new NoSpans()).build())
                            .build());
            if (hears.endsWith("metrics")) {
                telemetry.setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(
                                PeriodicMetricReader.builder(new NoMetrics()).build())
                        .build());
            }
            sdk = telemetry.build();
            builder.listener(new TelemetryListener(sdk, SpanLimits.usual(), false));
        }
        tracer = (sdk == null ? OpenTelemetry.noop() : sdk).getTracer("bare");
        engine = builder.build();
        connection = engine.getConnection();
        connection.setAutoCommit(false);
        statement = connection.prepareStatement("update stock set n = 1");
    }

    /** Gives it back. */
    @TearDown
    public void close() throws SQLException {
        connection.close();
        engine.close();
        if (sdk != null) {
            sdk.close();
        }
    }

    /** Something to commit, and the commit. */
    @Benchmark
    public int commit() throws SQLException {
        int rows = statement.executeUpdate();
        connection.commit();
        return rows;
    }

    /** The SDK's part of it: a span like that, made by hand, without a connection. */
    @Benchmark
    public Span bare() {
        long now = System.nanoTime();
        Span span = tracer.spanBuilder("COMMIT")
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(now, TimeUnit.NANOSECONDS)
                .setAllAttributes(ATTRIBUTES)
                .startSpan();
        span.end(now + 1, TimeUnit.NANOSECONDS);
        return span;
    }

    private static final class NoSpans implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private static final class NoMetrics implements MetricExporter {

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
        }

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
