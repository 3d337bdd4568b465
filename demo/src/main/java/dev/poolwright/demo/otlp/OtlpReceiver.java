package dev.poolwright.demo.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * An OTLP/HTTP endpoint on this machine, on a port the system chooses: decodes what arrives into a {@link Telemetry}.
 */
public final class OtlpReceiver implements AutoCloseable {

    private static final int NO_BODY = -1;

    private final Telemetry telemetry = new Telemetry();
    private final HttpServer server;
    private final ExecutorService threads;

    private OtlpReceiver(HttpServer server) {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "otlp");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Listens until closed. */
    public static OtlpReceiver start() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        OtlpReceiver receiver = new OtlpReceiver(HttpServer.create(anyPort, 0));
        Telemetry telemetry = receiver.telemetry;
        receiver.listen("/v1/traces", telemetry::addSpans);
        receiver.listen("/v1/metrics", telemetry::addMetrics);
        receiver.listen("/v1/logs", telemetry::addLogs);
        receiver.server.setExecutor(receiver.threads);
        receiver.server.start();
        return receiver;
    }

    /** What {@code otel.exporter.otlp.endpoint} must be. */
    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public Telemetry telemetry() {
        return telemetry;
    }

    private void listen(String path, Consumer<WireMessage> consumer) {
        server.createContext(path, exchange -> receive(exchange, consumer));
    }

    private void receive(HttpExchange exchange, Consumer<WireMessage> consumer) throws IOException {
        try (exchange) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body =
                    zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                consumer.accept(WireMessage.parse(body.readAllBytes()));
            } catch (IOException | IllegalArgumentException e) {
                telemetry.refused(exchange.getRequestURI() + ": " + e);
                exchange.sendResponseHeaders(400, NO_BODY);
                return;
            }
            // The answer is an empty message, which is no bytes at all.
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, NO_BODY);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
