package dev.poolwright.otel.console;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes {@code metric db.client.connection.count 3 {connection} {.., db.client.connection.state=idle}}, histograms as
 * count, mean and largest. Totals are since the start, not since the last line; what the SDK measures of itself is left
 * out.
 *
 * <p>Any thread, as far as the sink takes any.
 */
public final class ConsoleMetrics implements MetricExporter {

    private final Consumer<String> sink;

    /** Writes each line to {@code sink}, without a line end. */
    public ConsoleMetrics(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        for (MetricData metric : metrics) {
            if (metric.getInstrumentationScopeInfo().getName().startsWith("io.opentelemetry.")) {
                continue;
            }
            for (PointData point : metric.getData().getPoints()) {
                StringBuilder line = new StringBuilder("metric ").append(metric.getName());
                line.append(' ').append(value(point, metric.getUnit()));
                Attribute.append(line, point.getAttributes());
                sink.accept(line.toString());
            }
        }
        return CompletableResultCode.ofSuccess();
    }

    private static String value(PointData point, String unit) {
        if (point instanceof LongPointData) {
            return ((LongPointData) point).getValue() + " " + unit;
        }
        if (point instanceof DoublePointData) {
            return ((DoublePointData) point).getValue() + " " + unit;
        }
        if (point instanceof HistogramPointData) {
            HistogramPointData histogram = (HistogramPointData) point;
            return String.format(
                    Locale.ROOT,
                    "count=%d mean=%.6f max=%.6f %s",
                    histogram.getCount(),
                    histogram.getSum() / histogram.getCount(),
                    histogram.getMax(),
                    unit);
        }
        return point.toString();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
        return AggregationTemporality.CUMULATIVE;
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
