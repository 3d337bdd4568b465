package dev.poolwright.otel.sdk;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The port at which Prometheus finds the metrics: {@code /metrics} by HTTP. */
final class PrometheusPort {

    /** One scrape, and one more that comes before it is through. */
    private static final int THREADS = 2;

    /** Set by the library for the whole JVM, where the application may have servers of its own. */
    private static final String[] LIMITS = {"sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime"};

    private PrometheusPort() {}

    /** Opens it for {@code metrics}; if that cannot be done, {@code warnings} get a line and everything else goes on. */
    static void open(InetSocketAddress address, Consumer<String> warnings, SdkMeterProviderBuilder metrics) {
        try {
            metrics.registerMetricReader(server(address));
        } catch (Exception | LinkageError refused) {
            Throwable reason = refused.getCause() == null ? refused : refused.getCause();
            warnings.accept("telemetry: Prometheus finds nothing at " + address.getHostString() + ":"
                    + address.getPort() + ": " + reason);
        }
    }

    private static PrometheusHttpServer server(InetSocketAddress address) throws IOException {
        // Makes the JDK's server read the application's limits before the library sets its own.
        HttpServer.create().stop(0);
        String[] own = new String[LIMITS.length];
        for (int i = 0; i < LIMITS.length; i++) {
            own[i] = System.getProperty(LIMITS[i]);
        }
        try {
            return PrometheusHttpServer.builder()
                    .setHost(address.getHostString())
                    .setPort(address.getPort())
                    .setExecutor(threads())
                    .setMemoryMode(MemoryMode.IMMUTABLE_DATA) // the other knows one thread only
                    .build();
        } finally {
            for (int i = 0; i < LIMITS.length; i++) {
                if (own[i] == null) {
                    System.clearProperty(LIMITS[i]);
                }
            }
        }
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(
                0,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                new CleanThreads("poolwright-prometheus"),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }
}
