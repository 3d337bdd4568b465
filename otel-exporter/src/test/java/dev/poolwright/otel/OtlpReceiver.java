package dev.poolwright.otel;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A collector: takes OTLP over HTTP as the official protocol buffers describe it, and can be told to misbehave. */
public final class OtlpReceiver implements AutoCloseable {

    /** One request as it came in. */
    record Request(String path, Headers headers, ByteString body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hangs;

    public OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request gets this status and is not kept. */
    OtlpReceiver refuses(int status) {
        refusals.add(status);
        return this;
    }

    /** No request is answered before {@link #close}. */
    OtlpReceiver hangs() {
        hangs = true;
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    List<Span> spans() {
        return scopes().flatMap(scope -> scope.getSpansList().stream()).toList();
    }

    /** Spans by the scope that made them. */
    public Stream<ScopeSpans> scopes() {
        return bodies("/v1/traces", ExportTraceServiceRequest::parseFrom)
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream());
    }

    /** Ours; the SDK tells of itself too. */
    public List<Metric> metrics() {
        return metrics("dev.poolwright.");
    }

    /** Those of a scope whose name begins so. */
    public List<Metric> metrics(String scopes) {
        return bodies("/v1/metrics", ExportMetricsServiceRequest::parseFrom)
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .filter(scope -> scope.getScope().getName().startsWith(scopes))
                .flatMap(scope -> scope.getMetricsList().stream())
                .toList();
    }

    public List<LogRecord> events() {
        return bodies("/v1/logs", ExportLogsServiceRequest::parseFrom)
                .flatMap(request -> request.getResourceLogsList().stream())
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .toList();
    }

    /** A resource attribute of the first traces received. */
    String resource(String name) {
        return bodies("/v1/traces", ExportTraceServiceRequest::parseFrom)
                .flatMap(request -> request.getResourceSpans(0).getResource().getAttributesList().stream())
                .filter(attribute -> attribute.getKey().equals(name))
                .map(KeyValue::getValue)
                .map(AnyValue::getStringValue)
                .findFirst()
                .orElse("absent");
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ByteString body = body(exchange);
            if (hangs) {
                released.await();
            }
            Integer refusal = refusals.poll();
            if (refusal == null) {
                requests.add(new Request(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
            }
            exchange.sendResponseHeaders(refusal == null ? 200 : refusal, -1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static ByteString body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return ByteString.readFrom(in);
        }
    }

    private <T> Stream<T> bodies(String path, Parser<T> parser) {
        return requests.stream().filter(request -> request.path().equals(path)).map(request -> {
            try {
                return parser.parse(request.body());
            } catch (IOException e) {
                throw new AssertionError("not the protocol buffer of " + path, e);
            }
        });
    }

    private interface Parser<T> {
        T parse(ByteString bytes) throws IOException;
    }
}
