package dev.poolwright.otel.bridge;

import dev.poolwright.event.EngineListener;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry of one application, from this side of the bridge. Its implementation is loaded beside the
 * application's OpenTelemetry and must not be held: whoever does, holds the application. Any thread.
 */
public interface ApplicationTelemetry {

    /** Who tells the application's global OpenTelemetry, or null as long as it has none that does anything. */
    @Nullable
    EngineListener global();

    /** The current span of this thread in the application's own context, or null. */
    @Nullable
    TracePosition position();
}
