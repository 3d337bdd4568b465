package com.acme.traced;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** The same in an application with an SDK, which is global or not, and which wraps the storage of contexts as logging bridges do. */
public class SdkOrder implements Work {

    /** A system property: whether the SDK is there before the first connection. */
    static final String FIRST = "com.acme.traced.first";

    private final Order order;
    private final AtomicInteger attached = new AtomicInteger();
    private final Tracer tracer;
    private final String path;
    private final String set;

    /** @param global whether the SDK is made the global one */
    protected SdkOrder(boolean global) throws Exception {
        path = global ? "/global" : "/private";
        Order before = Boolean.getBoolean(FIRST) ? null : new Order();
        ContextStorage.addWrapper(storage -> new Counting(storage, attached));
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(new Printed(path)))
                        .build())
                .build();
        if (global) {
            GlobalOpenTelemetry.set(sdk);
        }
        set = global ? "global" : "not global";
        tracer = global ? GlobalOpenTelemetry.getTracer("shop") : sdk.getTracer("shop");
        order = before == null ? new Order() : before;
    }

    @Override
    public String run() {
        Span span =
                tracer.spanBuilder("GET " + path).setSpanKind(SpanKind.SERVER).startSpan();
        try (Scope current = span.makeCurrent()) {
            order.run();
            boolean isCurrent = Span.current() == span && current != null;
            return set + ", span valid " + span.getSpanContext().isValid() + ", current " + isCurrent
                    + ", wrapper called " + (attached.get() > 0);
        } finally {
            span.end();
        }
    }

    /** With a global SDK. */
    public static final class Global extends SdkOrder {
        /** Makes it. */
        public Global() throws Exception {
            super(true);
        }
    }

    /** With one that is not global. */
    public static final class Private extends SdkOrder {
        /** Makes it. */
        public Private() throws Exception {
            super(false);
        }
    }

    /** What goes to the application's own collector. */
    private record Printed(String path) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            for (SpanData span : spans) {
                System.out.println(path + " exports " + span.getName() + " | " + span.getTraceId() + " "
                        + span.getParentSpanId() + " " + span.getSpanId());
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

    private record Counting(ContextStorage storage, AtomicInteger attached) implements ContextStorage {

        @Override
        public Scope attach(Context context) {
            attached.incrementAndGet();
            return storage.attach(context);
        }

        @Override
        public Context current() {
            return storage.current();
        }
    }
}
