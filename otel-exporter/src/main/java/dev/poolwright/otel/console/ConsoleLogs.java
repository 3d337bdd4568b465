package dev.poolwright.otel.console;

import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * Writes {@code event poolwright.connection.leak WARN connection of orders was never closed: .. {..}}.
 *
 * <p>Any thread, as far as the sink takes any.
 */
public final class ConsoleLogs implements LogRecordExporter {

    private final Consumer<String> sink;

    /** Writes each line to {@code sink}, without a line end. */
    public ConsoleLogs(Consumer<String> sink) {
        this.sink = sink;
    }

    @Override
    public CompletableResultCode export(Collection<LogRecordData> records) {
        for (LogRecordData event : records) {
            StringBuilder line = new StringBuilder("event ").append(event.getEventName());
            line.append(' ').append(event.getSeverity());
            Value<?> body = event.getBodyValue();
            if (body != null) {
                line.append(' ').append(body.asString());
            }
            Attribute.append(line, event.getAttributes());
            sink.accept(line.toString());
        }
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
