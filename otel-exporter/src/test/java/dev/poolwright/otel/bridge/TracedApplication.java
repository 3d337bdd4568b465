package dev.poolwright.otel.bridge;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An application with an SDK of any version from 1.4 on, in a class loader of its own. Asked with one word; what it gives and
 * takes is the JDK's.
 */
public final class TracedApplication implements Function<String, Object> {

    private final List<Map<String, String>> spans = new CopyOnWriteArrayList<>();
    private final AtomicInteger attached = new AtomicInteger();
    private final Kept kept = new Kept(spans);
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(kept))
                    .build())
            .build();
    private Span request = Span.getInvalid();
    private Scope scope = Scope.noop();

    @Override
    @SuppressWarnings("MustBeClosedChecker") // by the word "end"
    public Object apply(String word) {
        switch (word) {
            case "set":
                GlobalOpenTelemetry.set(sdk);
                return true;
            case "ask too early":
                return GlobalOpenTelemetry.get().getTracerProvider().getClass().getSimpleName();
            case "wrap":
                ContextStorage.addWrapper(storage -> {
                    attached.incrementAndGet();
                    return storage;
                });
                return true;
            case "begin":
                request = sdk.getTracer("shop").spanBuilder("request").startSpan();
                scope = request.makeCurrent();
                return request.getSpanContext().getTraceId();
            case "end":
                scope.close();
                request.end();
                return true;
            case "wrapped":
                return attached.get();
            case "spans":
                return spans;
            default:
                throw new IllegalArgumentException(word);
        }
    }

    private record Kept(List<Map<String, String>> spans) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            for (SpanData span : ended) {
                spans.add(Map.of(
                        "name", span.getName(),
                        "id", span.getSpanId(),
                        "trace", span.getTraceId(),
                        "parent", span.getParentSpanId(),
                        "attributes", span.getAttributes().asMap().toString(),
                        "status", span.getStatus().getDescription()));
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
}
