package dev.poolwright.gate;

import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.Engines;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.otel.Exporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of engines and sessions, and what happens at the end of the JVM. Started with the first engine or session,
 * which is after {@code main} began: no OpenTelemetry class may be touched before. Any thread may call.
 */
final class Telemetry {

    /** How long the end of the JVM may wait for the last spans. */
    private static final Duration PATIENCE_AT_EXIT = Duration.ofSeconds(3);

    private final Settings settings;
    private final Engines engines;
    private final GateLog log;
    private final Object lock = new Object();
    private volatile boolean started;
    private volatile @Nullable Exporter exporter;

    Telemetry(Settings settings, Engines engines, GateLog log) {
        this.settings = settings;
        this.engines = engines;
        this.log = log;
    }
}
