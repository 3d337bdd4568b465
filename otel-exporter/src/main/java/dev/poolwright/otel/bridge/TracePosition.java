package dev.poolwright.otel.bridge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A place in a trace as plain text: what of a span may be kept for long, and be told to another copy of OpenTelemetry. The
 * span itself may be over before, and would hold the class loader of its application. Immutable.
 */
public final class TracePosition {

    private final String traceId;
    private final String spanId;
    private final byte flags;
    private final Map<String, String> state;

    /**
     * @param traceId 32 hexadecimal digits
     * @param spanId  16 hexadecimal digits
     * @param flags   as W3C has them; 1 = sampled
     * @param state   what vendors add to it, the newest first
     */
    public TracePosition(String traceId, String spanId, byte flags, Map<String, String> state) {
        this.traceId = traceId;
        this.spanId = spanId;
        this.flags = flags;
        this.state = state.isEmpty()
                ? Collections.<String, String>emptyMap()
                : Collections.unmodifiableMap(new LinkedHashMap<>(state));
    }

    public String traceId() {
        return traceId;
    }

    public String spanId() {
        return spanId;
    }

    public byte flags() {
        return flags;
    }

    public Map<String, String> state() {
        return state;
    }

    /** The trace's number. */
    @Override
    public String toString() {
        return traceId;
    }
}
