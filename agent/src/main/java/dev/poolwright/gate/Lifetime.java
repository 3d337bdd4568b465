package dev.poolwright.gate;

import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.Engines;
import dev.poolwright.event.Leak;
import dev.poolwright.forecast.Forecast;
import dev.poolwright.house.Housekeeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is done once: before the first engine or session there is somebody to hear of it, and when the JVM ends, what is
 * still held is told, idle connections are given back to the database, and what is left is exported. Any thread.
 */
final class Lifetime implements Runnable {

    /** How long the end of the JVM may wait for the last goodbye to the database, and as long for the last spans. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final AtomicBoolean begun = new AtomicBoolean();
    private final Engines engines;
    private final Sessions sessions;
    private final Telemetry telemetry;
    private final GateLog log;

    Lifetime(Engines engines, Sessions sessions, Telemetry telemetry, GateLog log) {
        this.engines = engines;
        this.sessions = sessions;
        this.telemetry = telemetry;
        this.log = log;
    }

    /** Before the first engine or session; each time, and it is done once. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            runAtExit();
            String file = engines.settings().file();
            if (file != null) {
                SettingsFileWatch.start(file);
            }
        }
        telemetry.start();
    }

    private void runAtExit() {
        try {
            Runtime.getRuntime().addShutdownHook(Housekeeper.threadForTheEnd(this, "poolwright-exit"));
        } catch (IllegalStateException ending) {
            log.info("the first connection was opened while the JVM was ending: nothing will be reported");
        }
    }

    /** The JVM ends. */
    @Override
    public void run() {
        Settings settings = engines.settings();
        Forecast forecast = telemetry.forecast();
        if (settings.get(Setting.LEAK_REPORT_AT_EXIT)) {
            List<Leak> held = engines.held();
            held.addAll(sessions.held());
            if (!held.isEmpty()) {
                ExitReport.write(held, log);
                telemetry.held(held);
            }
        }
        if (forecast != null) {
            tellObserved(forecast.lines(), settings);
        }
        tellObserved(engines.resetLines(), settings);
        closeIdle();
        telemetry.close(PATIENCE);
    }

    private void tellObserved(List<String> lines, Settings settings) {
        boolean shown = telemetry.forecast() != null
                && settings.get(Setting.OBSERVE_REPORT).equals("stderr");
        for (String line : lines) {
            log.info(line);
            if (shown) {
                log.show("[poolwright] " + line);
            }
        }
    }

    /** On a thread of its own: a server that does not answer must not keep the JVM from ending. */
    private void closeIdle() {
        Thread closing = Housekeeper.threadForTheEnd(
                new Runnable() {
                    @Override
                    public void run() {
                        engines.closeIdle();
                    }
                },
                "poolwright-exit-close");
        closing.start();
        try {
            closing.join(PATIENCE.toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
