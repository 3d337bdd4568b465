package dev.poolwright.otel.signal;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.otel.bridge.TracePosition;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans. Database calls become spans after the fact, on the thread that made them: its current context is
 * then still the one the call ran in. A flush is begun and made current, since what the database does for it nests in it.
 *
 * <p>Any thread. Times are nanoseconds since 1970.
 */
final class Spans {

    private final OpenTelemetry telemetry;
    private final @Nullable Supplier<@Nullable TracePosition> around;
    private final Tracer jdbc;
    // A kind of session is told by one instance and there are few: identity keys, never removed.
    private final Map<SessionInfo, Tracer> sessions = new ConcurrentHashMap<>();

    /** @param around says what a call is part of that no current context here knows of; null = nothing does */
    Spans(OpenTelemetry telemetry, @Nullable Supplier<@Nullable TracePosition> around) {
        this.telemetry = telemetry;
        this.around = around;
        this.jdbc = tracer(Names.SCOPE);
    }

    /** A call that ended a transaction or a part of one. */
    void call(EngineTelemetry.Operation operation, long start, long end, @Nullable Failure failure) {
        finish(begin(operation, start), end, failure);
    }

    /** A batch; its size is said unless it is not known or is 1, when it is no batch to the conventions. */
    void batch(EngineTelemetry.Operation operation, int size, long start, long end, @Nullable Failure failure) {
        SpanBuilder span = begin(operation, start);
        if (size >= 0 && size != 1) {
            span.setAttribute(Names.DB_BATCH_SIZE, (long) size);
        }
        finish(span, end, failure);
    }

    /** Getting a connection, or not. */
    void wait(EngineTelemetry engine, long start, long end, @Nullable Failure failure) {
        SpanBuilder span =
                jdbc.spanBuilder(Names.WAIT).setParent(parent()).setStartTimestamp(start, TimeUnit.NANOSECONDS);
        finish(with(span, engine.waiting()), end, failure);
    }

    /** A flush that is over: what the database did for it is beside it, not in it. */
    void flushed(Flush flush, long start, long end, @Nullable Failure failure) {
        finish(begin(flush, start), end, failure);
    }

    /** Begins a flush, at {@code startNanos} on the ticker, and makes it the current span of this thread. */
    @SuppressWarnings("MustBeClosedChecker") // FlushSpan.end closes it
    FlushSpan flush(Flush flush, long start, long startNanos) {
        Span started = begin(flush, start).startSpan();
        return new FlushSpan(started, started.makeCurrent(), start, startNanos);
    }

    private SpanBuilder begin(Flush flush, long start) {
        SessionInfo session = flush.session();
        SpanBuilder span = sessions.computeIfAbsent(session, s -> tracer(Names.SCOPE_PREFIX + s.library()))
                .spanBuilder(session.type() + ("SqlSession".equals(session.type()) ? ".flushStatements" : ".flush"))
                .setSpanKind(SpanKind.INTERNAL)
                .setParent(parent())
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .setAttribute(Names.FLUSH_MODE, mode(flush.trigger()))
                .setAttribute(Names.FLUSH_INSERTS, (long) flush.inserts())
                .setAttribute(Names.FLUSH_UPDATES, (long) flush.updates())
                .setAttribute(Names.FLUSH_DELETES, (long) flush.deletes())
                .setAttribute(Names.FLUSH_COLLECTIONS, (long) flush.collections())
                .setAttribute(Names.FLUSH_ENTITIES, (long) flush.inserts() + flush.updates() + flush.deletes());
        if (flush.statements() > 0) {
            span.setAttribute(Names.FLUSH_STATEMENTS, (long) flush.statements());
        }
        return span;
    }

    private SpanBuilder begin(EngineTelemetry.Operation operation, long start) {
        SpanBuilder span = jdbc.spanBuilder(operation.spanName())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(parent())
                .setStartTimestamp(start, TimeUnit.NANOSECONDS);
        return with(span, operation.spanAttributes());
    }

    /** What {@code setAllAttributes} does from version 1.2 of the API on, and older ones have not. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static SpanBuilder with(SpanBuilder span, Attributes attributes) {
        attributes.forEach((key, value) -> span.setAttribute((AttributeKey) key, value));
        return span;
    }

    /** The current context, or, where nothing of ours runs in it, what is around. */
    private Context parent() {
        Context current = Context.current();
        if (around == null || Span.fromContext(current).getSpanContext().isValid()) {
            return current;
        }
        TracePosition position = around.get();
        return position == null ? current : Positions.remote(position);
    }

    /** Where in a trace the calling thread is, or null. */
    @Nullable
    TracePosition position() {
        TracePosition current = Positions.current();
        return current == null && around != null ? around.get() : current;
    }

    private static void finish(SpanBuilder span, long end, @Nullable Failure failure) {
        end(span.startSpan(), end, failure);
    }

    private static void end(Span span, long end, @Nullable Failure failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR, failure.description());
            failure.forEach((AttributeKey<String> key, String value) -> span.setAttribute(key, value));
        }
        span.end(end, TimeUnit.NANOSECONDS);
    }

    private static String mode(Flush.Trigger trigger) {
        switch (trigger) {
            case AUTO:
                return "auto";
            case COMMIT:
                return "commit";
            default:
                return "manual";
        }
    }

    private Tracer tracer(String scope) {
        TracerProvider tracers = telemetry.getTracerProvider();
        Tracer built =
                tracers.tracerBuilder(scope).setSchemaUrl(Names.SCHEMA_URL).build();
        // Old global ones build nothing.
        return built == TracerProvider.noop().get(scope) ? tracers.get(scope) : built;
    }

    /** A flush under way: current on the thread that began it until that thread ends it. */
    static final class FlushSpan {
        private final Span span;
        private final Scope scope;
        private final long start;
        private final long startNanos;

        FlushSpan(Span span, Scope scope, long start, long startNanos) {
            this.span = span;
            this.scope = scope;
            this.start = start;
            this.startNanos = startNanos;
        }

        /** Ends it at {@code endNanos} on the ticker: its length is right whatever became of the calendar meanwhile. */
        void end(long endNanos, @Nullable Failure failure) {
            // The scope first: it must be gone even if ending the span throws.
            scope.close();
            Spans.end(span, start + (endNanos - startNanos), failure);
        }
    }
}
