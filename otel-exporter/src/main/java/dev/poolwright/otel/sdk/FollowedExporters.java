package dev.poolwright.otel.sdk;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** The SDK's exporters and processors with an {@link ExportHealth} looking over their shoulder. */
final class FollowedExporters {

    private FollowedExporters() {}

    /** Counts spans that will be exported. */
    static final class Spans implements SpanProcessor {
        private final ExportHealth health;

        Spans(ExportHealth health) {
            this.health = health;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (span.getSpanContext().isSampled()) {
                health.made();
            }
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }

    /** Counts log records that will be exported. */
    static final class Logs implements LogRecordProcessor {
        private final ExportHealth health;

        Logs(ExportHealth health) {
            this.health = health;
        }

        @Override
        public void onEmit(Context context, ReadWriteLogRecord event) {
            health.made();
        }
    }

    static final class OfSpans implements SpanExporter {
        private final SpanExporter exporter;
        private final ExportHealth health;

        OfSpans(SpanExporter exporter, ExportHealth health) {
            this.exporter = exporter;
            this.health = health;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            return health.follow(exporter.export(spans), count, "spans");
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    static final class OfLogs implements LogRecordExporter {
        private final LogRecordExporter exporter;
        private final ExportHealth health;

        OfLogs(LogRecordExporter exporter, ExportHealth health) {
            this.exporter = exporter;
            this.health = health;
        }

        @Override
        public CompletableResultCode export(Collection<LogRecordData> records) {
            int count = records.size();
            return health.follow(exporter.export(records), count, "log records");
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    static final class OfMetrics implements MetricExporter {
        private final MetricExporter exporter;
        private final ExportHealth health;

        OfMetrics(MetricExporter exporter, ExportHealth health) {
            this.exporter = exporter;
            this.health = health;
        }

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            return health.followMetrics(exporter.export(metrics));
        }

        @Override
        public Aggregation getDefaultAggregation(InstrumentType instrument) {
            return exporter.getDefaultAggregation(instrument);
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
            return exporter.getAggregationTemporality(instrument);
        }

        @Override
        public MemoryMode getMemoryMode() {
            return exporter.getMemoryMode();
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
