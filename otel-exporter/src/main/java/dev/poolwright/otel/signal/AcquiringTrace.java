package dev.poolwright.otel.signal;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** The trace in which a connection was acquired, without its span: that may be over long before the leak is found. Immutable. */
final class AcquiringTrace {

    private final SpanContext span;

    private AcquiringTrace(SpanContext span) {
        this.span = span;
    }

    /** That of the calling thread, or null. */
    static @Nullable AcquiringTrace current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? new AcquiringTrace(span) : null;
    }

    /** A context of that trace; the root's where {@code acquired} is none of these. */
    static Context contextOf(@Nullable Object acquired) {
        return acquired instanceof AcquiringTrace
                ? Context.root().with(Span.wrap(((AcquiringTrace) acquired).span))
                : Context.root();
    }

    /** The trace's number. */
    @Override
    public String toString() {
        return span.getTraceId();
    }
}
