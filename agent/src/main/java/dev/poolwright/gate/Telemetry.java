package dev.poolwright.gate;

import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.Engines;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.forecast.Forecast;
import dev.poolwright.gate.figures.Figures;
import dev.poolwright.otel.Exporter;
import dev.poolwright.otel.RunningTracer;
import dev.poolwright.otel.bridge.BridgedListener;
import dev.poolwright.otel.bridge.TracePosition;
import dev.poolwright.otel.settings.ExporterSettings;
import dev.poolwright.otel.settings.SpanLimits;
import dev.poolwright.time.Ticker;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of engines and sessions. Started with the first engine or session, which is after {@code main} began: no
 * OpenTelemetry class may be touched before. Any thread may call.
 */
final class Telemetry implements Supplier<@Nullable EngineListener> {

    /** As a number: the name can be any address in a hosts file. */
    private static final String LOOPBACK = "127.0.0.1";

    private final Settings settings;
    private final Engines engines;
    private volatile @Nullable Forecast forecast; // written under lock
    private volatile @Nullable Figures figures; // written under lock
    private final Runnable page;
    private final GateLog log;
    private final Object lock = new Object();
    private volatile boolean started;
    private volatile @Nullable Exporter exporter;

    // Applications that use OpenTelemetry. A lock of its own, under which nobody is waited for: who takes it holds the
    // lock
    // of an application's class loader, and the other one is held while an exporter starts.
    private final Object joinLock = new Object();
    private List<WeakReference<ClassLoader>> early = Collections.emptyList(); // guarded by joinLock
    private volatile @Nullable BridgedListener joined; // written under joinLock

    /**
     * @param forecast hears of the engines first, and passes it on; or null
     * @param page     opens the page for people, where they want one; waits for nothing
     */
    Telemetry(Settings settings, Engines engines, @Nullable Forecast forecast, Runnable page, GateLog log) {
        this.settings = settings;
        this.engines = engines;
        this.forecast = forecast;
        this.page = page;
        this.log = log;
    }

    /** Starts what is configured, once; another thread that comes meanwhile waits for it. */
    void start() {
        if (started) {
            return;
        }
        synchronized (lock) {
            if (started) {
                return;
            }
            if (settings.get(Setting.EXPORTER) != dev.poolwright.config.Exporter.AUTO
                    || settings.get(Setting.PROMETHEUS_PORT) != 0
                    || isThereAnything()) {
                startExporter();
            }
            if (settings.get(Setting.CONSOLE) != 0) {
                figures = new Figures(Ticker.SYSTEM);
                link();
            }
            started = true;
        }
        try {
            join();
        } catch (RuntimeException | LinkageError accident) {
            log.warn("telemetry: applications' own traces are not joined", accident);
        }
        if (figures != null) {
            page.run(); // last: whatever becomes of it, nothing above is begun again
        }
    }

    /** What the page shows; null = there is none. */
    @Nullable
    Figures figures() {
        return figures;
    }

    /** There is no page after all: nothing is counted for it. */
    void noFigures() {
        synchronized (lock) {
            figures = null;
            link();
        }
    }

    /**
     * An application is about to use its OpenTelemetry. Called while that is being loaded, with its class loader locked:
     * waits for nobody, and calls nothing of the application.
     */
    void sawOpenTelemetry(ClassLoader loader) {
        synchronized (joinLock) {
            BridgedListener known = joined;
            if (known != null) {
                known.saw(loader);
                return;
            }
            List<WeakReference<ClassLoader>> more = new ArrayList<>(early);
            more.add(new WeakReference<>(loader));
            early = more;
        }
        if (started) { // else start() finds it there
            join();
        }
    }

    /** Has applications told that have been seen. */
    private void join() {
        synchronized (joinLock) {
            if (early.isEmpty()) {
                return;
            }
            BridgedListener made = Exporter.joining(exporterSettings(), exporter, new Lines());
            for (WeakReference<ClassLoader> each : early) {
                ClassLoader loader = each.get();
                if (made != null && loader != null) {
                    made.saw(loader);
                }
            }
            early = Collections.emptyList();
            joined = made;
        }
        link();
    }

    /**
     * Whether there is anything of OpenTelemetry in this JVM, settings or an agent: without it nothing could be exported,
     * and most applications that start need not load whoever would find that out.
     */
    private static boolean isThereAnything() {
        for (Object name : System.getProperties().keySet()) {
            if (name instanceof String && ((String) name).startsWith("otel.")) {
                return true;
            }
        }
        for (String name : System.getenv().keySet()) {
            if (name.startsWith("OTEL_")) {
                return true;
            }
        }
        return RunningTracer.mayBePresent();
    }

    private void startExporter() {
        Exporter running = Exporter.start(exporterSettings(), new Around());
        exporter = running;
        if (running != null) {
            link();
            log.info("telemetry goes to " + running.target());
        }
    }

    /**
     * Each passes on to the next what it hears: forecast, page, applications and exporter. As often as something has changed
     * meanwhile: it may be called from two sides at once, and takes no lock.
     */
    private void link() {
        Forecast first;
        Figures counting;
        EngineListener last;
        do {
            first = forecast;
            counting = figures;
            last = last();
            if (counting != null) {
                counting.next(last);
            }
            EngineListener then = counting == null ? last : counting;
            if (first == null) {
                engines.listener(then);
            } else {
                first.next(then);
                engines.listener(first);
            }
        } while (first != forecast || counting != figures || last != last());
    }

    /** Who hears of the engines first, or null. */
    @Nullable
    Forecast forecast() {
        return forecast;
    }

    /** Sets who hears of the engines first, and passes it on; null = nobody. */
    void forecast(@Nullable Forecast newForecast) {
        synchronized (lock) {
            forecast = newForecast;
            link();
        }
    }

    /** Who hears of sessions, and of engines but for the forecast; null: nobody, or not started. */
    @Override
    public @Nullable EngineListener get() {
        Figures counting = figures;
        return counting == null ? last() : counting;
    }

    private @Nullable EngineListener last() {
        BridgedListener applications = joined;
        if (applications != null) {
            return applications;
        }
        Exporter running = exporter;
        return running == null ? null : running.listener();
    }

    /** Tells what is still held, before {@link #close}. */
    void held(List<Leak> held) {
        EngineListener hears = get();
        if (hears != null) {
            for (Leak leak : held) {
                hears.leaked(leak);
            }
        }
    }

    /** Exports what is left, and says if something was lost. */
    void close(Duration patience) {
        Exporter running = exporter;
        if (running == null) {
            return;
        }
        if (!running.close(patience)) {
            log.info("telemetry: not everything was exported within " + patience.toMillis() + " ms");
        }
        long lost = running.droppedByFailure();
        if (lost > 0) {
            log.warn("telemetry: " + lost
                    + " spans and leak events were lost: the endpoint was away, or they came faster"
                    + " than OTEL_BSP_MAX_QUEUE_SIZE allows");
        }
    }

    private ExporterSettings exporterSettings() {
        SpanLimits spans = SpanLimits.usual()
                .with(SpanLimits.Kind.COMMIT, settings.get(Setting.SPAN_COMMIT))
                .with(SpanLimits.Kind.ROLLBACK, settings.get(Setting.SPAN_ROLLBACK))
                .with(SpanLimits.Kind.BATCH, settings.get(Setting.SPAN_BATCH))
                .with(SpanLimits.Kind.FLUSH, settings.get(Setting.SPAN_FLUSH))
                .with(SpanLimits.Kind.WAIT, settings.get(Setting.SPAN_WAIT));
        ExporterSettings asked = ExporterSettings.of(
                        ExporterSettings.Kind.valueOf(
                                settings.get(Setting.EXPORTER).name()),
                        new Warnings(),
                        new Console())
                .spans(spans);
        int port = settings.get(Setting.PROMETHEUS_PORT);
        return port == 0 ? asked : asked.prometheus(InetSocketAddress.createUnresolved(prometheusAddress(), port));
    }

    private String prometheusAddress() {
        String address = settings.get(Setting.PROMETHEUS_ADDRESS);
        return address.isEmpty() ? LOOPBACK : address;
    }

    /** What a call on this thread is part of in its application's own traces. */
    private final class Around implements Supplier<@Nullable TracePosition> {

        @Override
        public @Nullable TracePosition get() {
            BridgedListener applications = joined;
            return applications == null ? null : applications.position();
        }
    }

    private final class Lines implements Consumer<String> {

        @Override
        public void accept(String line) {
            log.info(line);
        }
    }

    private final class Warnings implements Consumer<String> {

        @Override
        public void accept(String line) {
            log.warn(line);
        }
    }

    private final class Console implements Consumer<String> {

        @Override
        public void accept(String line) {
            log.show(line);
        }
    }
}
