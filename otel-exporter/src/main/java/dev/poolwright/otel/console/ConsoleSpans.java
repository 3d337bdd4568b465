package dev.poolwright.otel.console;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes {@code span COMMIT orders 1.842 ms client trace=.. span=.. parent=.. {db.system.name=postgresql, ..}}.
 *
 * <p>Any thread, as far as the sink takes any.
 */
public final class ConsoleSpans implements SpanExporter {

    private final Consumer<String> sink;

    /** Writes each line to {@code sink}, without a line end. */
    public ConsoleSpans(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        spans.forEach(span -> sink.accept(line(span)));
        return CompletableResultCode.ofSuccess();
    }

    private static String line(SpanData span) {
        StringBuilder line = new StringBuilder(200);
        line.append("span ").append(span.getName());
        double millis = (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1e6;
        line.append(String.format(Locale.ROOT, " %.3f ms ", millis));
        line.append(span.getKind().name().toLowerCase(Locale.ROOT));
        line.append(" trace=").append(span.getTraceId());
        line.append(" span=").append(span.getSpanId());
        if (span.getParentSpanContext().isValid()) {
            line.append(" parent=").append(span.getParentSpanId());
        }
        Attribute.append(line, span.getAttributes());
        if (span.getStatus().getStatusCode() == StatusCode.ERROR) {
            line.append(" ERROR ").append(span.getStatus().getDescription());
        }
        return line.toString();
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
