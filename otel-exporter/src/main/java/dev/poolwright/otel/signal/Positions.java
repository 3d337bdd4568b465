package dev.poolwright.otel.signal;

import dev.poolwright.otel.bridge.TracePosition;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between places in traces and the contexts of this copy of OpenTelemetry. */
final class Positions {

    private Positions() {}

    /** That of the calling thread, or null. */
    static @Nullable TracePosition current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? new TracePosition(
                        span.getTraceId(),
                        span.getSpanId(),
                        span.getTraceFlags().asByte(),
                        span.getTraceState().asMap())
                : null;
    }

    /** A context of that trace; the root's where {@code acquired} is no position. */
    static Context contextOf(@Nullable Object acquired) {
        return acquired instanceof TracePosition ? contextOf((TracePosition) acquired, false) : Context.root();
    }

    /** The context of a span that somebody else makes. */
    static Context remote(TracePosition position) {
        return contextOf(position, true);
    }

    private static Context contextOf(TracePosition position, boolean remote) {
        TraceFlags flags = TraceFlags.fromByte(position.flags());
        TraceState state = stateOf(position.state());
        SpanContext span = remote
                ? SpanContext.createFromRemoteParent(position.traceId(), position.spanId(), flags, state)
                : SpanContext.create(position.traceId(), position.spanId(), flags, state);
        return Context.root().with(Span.wrap(span));
    }

    private static TraceState stateOf(Map<String, String> state) {
        if (state.isEmpty()) {
            return TraceState.getDefault();
        }
        List<Map.Entry<String, String>> newestFirst = new ArrayList<>(state.entrySet());
        TraceStateBuilder copy = TraceState.builder();
        // Each is put before those that are there.
        for (int at = newestFirst.size() - 1; at >= 0; at--) {
            copy.put(newestFirst.get(at).getKey(), newestFirst.get(at).getValue());
        }
        return copy.build();
    }
}
