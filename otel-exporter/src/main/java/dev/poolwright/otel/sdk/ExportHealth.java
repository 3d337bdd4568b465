package dev.poolwright.otel.sdk;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of the telemetry: counts what was made, delivered and lost, and tells the operator once that something is
 * being lost.
 *
 * <p>Any thread.
 */
final class ExportHealth {

    private final LongAdder made = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicBoolean warned = new AtomicBoolean();
    private final Consumer<String> warnings;
    private final String target;
    private final Supplier<String> refusal;
    private volatile boolean closed;

    /**
     * @param warnings takes the line for the operator
     * @param target   where telemetry goes, for people
     * @param refusal  what the endpoint last answered, for people
     */
    ExportHealth(Consumer<String> warnings, String target, Supplier<String> refusal) {
        this.warnings = warnings;
        this.target = target;
        this.refusal = refusal;
    }

    /** A span or log record was made and waits to be exported. */
    void made() {
        made.increment();
    }

    /** Follows the export of {@code items} spans or log records, counted by {@link #made()} before. */
    CompletableResultCode follow(CompletableResultCode result, int items, String what) {
        return result.whenComplete(() -> {
            if (result.isSuccess()) {
                delivered.add(items);
            } else {
                failed(items, what, result.getFailureThrowable());
            }
        });
    }

    /** Follows the export of metrics, which lose nothing but time: the next collection has the totals again. */
    CompletableResultCode followMetrics(CompletableResultCode result) {
        return result.whenComplete(() -> {
            if (!result.isSuccess()) {
                warn("metrics", result.getFailureThrowable());
            }
        });
    }

    /** Whatever has not been delivered yet never will be. */
    void close() {
        closed = true;
    }

    /** Spans and log records that were lost: refused or out of reach, and once closed also what was still queued. */
    long dropped() {
        return closed ? Math.max(failed.sum(), made.sum() - delivered.sum()) : failed.sum();
    }

    private void failed(int items, String what, @Nullable Throwable reason) {
        failed.add(items);
        warn(items + " " + what, reason);
    }

    private void warn(String what, @Nullable Throwable reason) {
        if (warned.compareAndSet(false, true)) {
            warnings.accept("telemetry: could not deliver " + what + " to " + target + ": " + said(reason)
                    + "; goes on trying, losses are counted and not said again");
        }
    }

    /** What the exporter throws wraps the reason, or has none where the endpoint answered. */
    private String said(@Nullable Throwable reason) {
        Throwable cause = reason == null ? null : reason.getCause();
        return cause == null ? refusal.get() : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
