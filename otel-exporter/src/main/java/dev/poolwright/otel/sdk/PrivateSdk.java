package dev.poolwright.otel.sdk;

import dev.poolwright.otel.console.ConsoleLogs;
import dev.poolwright.otel.console.ConsoleMetrics;
import dev.poolwright.otel.console.ConsoleSpans;
import dev.poolwright.otel.http.UrlSenders;
import dev.poolwright.otel.settings.ExportPlan;
import dev.poolwright.otel.settings.ExporterSettings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An OpenTelemetry SDK that only we use: never global, no shutdown hook of its own, threads that know nothing of the
 * application.
 *
 * <p>Any thread may close it.
 */
public final class PrivateSdk {

    private static final Duration CONSOLE_DELAY = Duration.ofSeconds(1);

    private final ExportPlan plan;
    private final ExporterSettings settings;
    private final UrlSenders senders = new UrlSenders(new CleanThreads("poolwright-otlp"));
    private final ExportHealth health;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final OpenTelemetrySdk sdk;

    private PrivateSdk(ExportPlan plan, ExporterSettings settings) {
        this.plan = plan;
        this.settings = settings;
        this.health = new ExportHealth(settings.warnings(), plan.target(), senders::lastRefusal);
        this.sdk = build();
    }

    /**
     * Starts one as {@code plan} says; on a thread of {@link CleanThreads}, whose emptiness the SDK's threads inherit.
     *
     * @throws RuntimeException the settings contradict themselves, or ask for something that is not here
     */
    public static PrivateSdk start(ExportPlan plan, ExporterSettings settings) {
        QuietLogs.begin();
        return new PrivateSdk(plan, settings);
    }

    /** What spans, metrics and log records are made with. */
    public OpenTelemetry telemetry() {
        return sdk;
    }

    /** Spans and log records lost on the way; complete once closed. */
    public long dropped() {
        return health.dropped();
    }

    /**
     * Exports what is queued and one last collection of metrics, and ends all threads; the first time it is called.
     *
     * @return whether that was done within {@code patience}; otherwise the rest is given up
     */
    public boolean close(Duration patience) {
        if (!closing.compareAndSet(false, true)) {
            return health.dropped() == 0;
        }
        senders.hurry();
        boolean done = CleanThreads.run("poolwright-otel-stop", this::shutdown, patience.toNanos());
        health.close();
        senders.stop();
        return done && health.dropped() == 0;
    }

    private void shutdown() {
        // Spans and events first: they exist only once, while metrics are totals that were mostly exported before.
        sdk.getSdkTracerProvider().shutdown().join(1, TimeUnit.DAYS);
        sdk.getSdkLoggerProvider().shutdown().join(1, TimeUnit.DAYS);
        sdk.getSdkMeterProvider().shutdown().join(1, TimeUnit.DAYS);
    }

    private OpenTelemetrySdk build() {
        ComponentLoader services = ComponentLoader.forClassLoader(ownLoader());
        AutoConfiguredOpenTelemetrySdkBuilder builder = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .setComponentLoader(new Components(services))
                .addPropertiesCustomizer(config -> plan.properties())
                .addResourceCustomizer((resource, config) -> resource.merge(distribution()))
                .addSpanExporterCustomizer((exporter, config) -> new FollowedExporters.OfSpans(exporter, health))
                .addMetricExporterCustomizer((exporter, config) -> new FollowedExporters.OfMetrics(exporter, health))
                .addLogRecordExporterCustomizer((exporter, config) -> new FollowedExporters.OfLogs(exporter, health));
        addProcessors(builder);
        return builder.build().getOpenTelemetrySdk();
    }

    private void addProcessors(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        builder.addTracerProviderCustomizer((traces, config) -> {
            if (plan.toConsole("traces")) {
                traces.addSpanProcessor(BatchSpanProcessor.builder(new ConsoleSpans(settings.console()))
                        .setScheduleDelay(CONSOLE_DELAY)
                        .build());
            }
            return plan.toEndpoint("traces") ? traces.addSpanProcessor(new FollowedExporters.Spans(health)) : traces;
        });
        builder.addMeterProviderCustomizer((metrics, config) -> {
            if (plan.toConsole("metrics")) {
                metrics.registerMetricReader(PeriodicMetricReader.builder(new ConsoleMetrics(settings.console()))
                        .setInterval(metricInterval(config))
                        .build());
            }
            InetSocketAddress prometheus = plan.prometheus();
            if (prometheus != null) {
                PrometheusPort.open(prometheus, settings.warnings(), metrics);
            }
            return metrics;
        });
        builder.addLoggerProviderCustomizer((logs, config) -> {
            if (plan.toConsole("logs")) {
                logs.addLogRecordProcessor(SimpleLogRecordProcessor.create(new ConsoleLogs(settings.console())));
            }
            return plan.toEndpoint("logs") ? logs.addLogRecordProcessor(new FollowedExporters.Logs(health)) : logs;
        });
    }

    private static Duration metricInterval(ConfigProperties config) {
        return config.getDuration("otel.metric.export.interval", Duration.ofMinutes(1));
    }

    private static Resource distribution() {
        return Resource.create(Attributes.of(AttributeKey.stringKey("telemetry.distro.name"), "poolwright"));
    }

    private static ClassLoader ownLoader() {
        ClassLoader own = PrivateSdk.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }

    /** The services of our own loader, whatever the thread's is, and our sender in the place of any other. */
    private final class Components implements ComponentLoader {
        private final ComponentLoader services;

        Components(ComponentLoader services) {
            this.services = services;
        }

        @Override
        public <T> Iterable<T> load(Class<T> service) {
            return service == HttpSenderProvider.class
                    ? Collections.singletonList(service.cast(senders))
                    : services.load(service);
        }
    }
}
