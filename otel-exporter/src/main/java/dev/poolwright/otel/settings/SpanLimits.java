package dev.poolwright.otel.settings;

import java.util.EnumMap;
import java.util.Map;

/**
 * From how long on something is a span, by its kind. What fails is one in any case, unless its kind is off.
 *
 * <p>Immutable. Loads no OpenTelemetry class.
 */
public final class SpanLimits {

    /** What can be a span. */
    public enum Kind {
        /** A commit, also by {@code setAutoCommit(true)}. */
        COMMIT,
        /** A rollback, also to a savepoint. */
        ROLLBACK,
        /** An executed batch. */
        BATCH,
        /** A session's flush. */
        FLUSH,
        /** Getting a connection, be it waiting or opening. */
        WAIT
    }

    private static final long OFF = -1;
    private static final long USUAL_WAIT_MILLIS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Map<Kind, Long> nanos;

    private SpanLimits(Map<Kind, Long> nanos) {
        this.nanos = nanos;
    }

    /** Each of them, however short, but of waits only those of 100 ms and more: the defaults of the settings. */
    public static SpanLimits usual() {
        return new SpanLimits(new EnumMap<>(Kind.class)).with(Kind.WAIT, USUAL_WAIT_MILLIS);
    }

    /** The same with another limit for one kind, in milliseconds; negative = that is never a span. */
    public SpanLimits with(Kind kind, long millis) {
        Map<Kind, Long> changed = new EnumMap<>(nanos);
        changed.put(kind, millis < 0 ? OFF : millis * NANOS_PER_MILLI);
        return new SpanLimits(changed);
    }

    /** Whether one that took {@code took} nanoseconds is a span. */
    public boolean wants(Kind kind, long took, boolean failed) {
        long limit = limit(kind);
        return limit != OFF && (failed || took >= limit);
    }

    /** Whether none of that kind is a span. */
    public boolean isOff(Kind kind) {
        return limit(kind) == OFF;
    }

    /** Whether each of that kind is a span, which is then known before it ends. */
    public boolean isEach(Kind kind) {
        return limit(kind) == 0;
    }

    private long limit(Kind kind) {
        Long limit = nanos.get(kind);
        return limit == null ? 0 : limit;
    }
}
