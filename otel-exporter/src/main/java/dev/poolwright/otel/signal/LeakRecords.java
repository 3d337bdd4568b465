package dev.poolwright.otel.signal;

import dev.poolwright.event.Leak;
import dev.poolwright.event.UncommittedClose;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A leak as a log record with an event name. It is noticed on the housekeeper's thread, and belongs to the trace that
 * acquired the connection, where there was one.
 *
 * <p>Any thread.
 */
final class LeakRecords {

    private final Logger logger;

    /** @throws LinkageError this version of the API has no log records, or none with an event's name */
    LeakRecords(OpenTelemetry telemetry) {
        logger = telemetry
                .getLogsBridge()
                .loggerBuilder(Names.SCOPE)
                .setSchemaUrl(Names.SCHEMA_URL)
                .build();
        logger.logRecordBuilder().setEventName("poolwright.connection.leak"); // emitted never
    }

    void leaked(@Nullable EngineTelemetry engine, Leak leak, long now) {
        String type = Metrics.lowerCase(leak.kind());
        LogRecordBuilder event = logger.logRecordBuilder()
                .setContext(Positions.contextOf(leak.context()))
                .setTimestamp(now, TimeUnit.NANOSECONDS)
                .setEventName("poolwright." + type + ".leak")
                .setSeverity(Severity.WARN)
                .setSeverityText("WARN")
                .setBody(body(leak))
                .setAttribute(Names.LEAK_ACTION, Metrics.lowerCase(leak.action()))
                .setAttribute(Names.LEAK_HELD_MS, TimeUnit.NANOSECONDS.toMillis(leak.heldNanos()))
                .setAttribute(Names.THREAD_NAME, leak.thread());
        if (engine != null) {
            event.setAllAttributes(engine.pool()).setAllAttributes(engine.database());
        }
        if (!leak.lastStatement().isEmpty()) {
            event.setAttribute(Names.LEAK_LAST_STATEMENT, leak.lastStatement());
        }
        at(event, leak.stack());
        event.emit();
    }

    /** Of the trace in which it happened. */
    void closedUncommitted(EngineTelemetry engine, UncommittedClose close, long now) {
        LogRecordBuilder event = logger.logRecordBuilder()
                .setTimestamp(now, TimeUnit.NANOSECONDS)
                .setEventName("poolwright.transaction.uncommitted")
                .setSeverity(Severity.WARN)
                .setSeverityText("WARN")
                .setBody(close.toString())
                .setAttribute(Names.UNCOMMITTED_COUNT, close.count())
                .setAttribute(Names.UNCOMMITTED_OUTCOME, Metrics.outcome(close))
                .setAttribute(Names.THREAD_NAME, close.thread())
                .setAllAttributes(engine.pool())
                .setAllAttributes(engine.database());
        at(event, close.stack());
        event.emit();
    }

    private static String body(Leak leak) {
        if (leak.kind() == Leak.Kind.STATEMENT) {
            return leak.open() + " " + leak.what() + " are open: about " + leak.ofSite() + " opened at " + leak.site()
                    + " by thread " + leak.thread();
        }
        boolean held = leak.action() == Leak.Action.HELD;
        return leak.what() + (held ? " is held for long" : " was never closed") + ": acquired at " + leak.site()
                + " by thread " + leak.thread();
    }

    private static void at(LogRecordBuilder event, List<StackTraceElement> frames) {
        if (frames.isEmpty()) {
            return;
        }
        StackTraceElement first = frames.get(0);
        event.setAttribute(Names.CODE_FUNCTION, first.getClassName() + "." + first.getMethodName());
        if (first.getFileName() != null) {
            event.setAttribute(Names.CODE_FILE, first.getFileName());
        }
        if (first.getLineNumber() >= 0) {
            event.setAttribute(Names.CODE_LINE, (long) first.getLineNumber());
        }
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement frame : frames) {
            stack.append(stack.length() == 0 ? "at " : "\n\tat ").append(frame);
        }
        event.setAttribute(Names.CODE_STACKTRACE, stack.toString());
    }
}
