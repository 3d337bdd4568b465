package dev.poolwright.agent.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Prometheus on a port of its own, which scrapes one application twice a second and keeps some alert rules. */
final class Prometheus implements AutoCloseable {

    private static final long START_SECONDS = 30;

    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();

    private Prometheus(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** A program of Debian's package, or null where it is not installed. */
    static @Nullable Path program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    static Prometheus start(Path program, Path folder, int scraped, Path rules) throws IOException {
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 500ms, evaluation_interval: 500ms}
                rule_files: ['%s']
                scrape_configs:
                  - job_name: orders
                    static_configs: [{targets: ['127.0.0.1:%d']}]
                """.formatted(rules.toRealPath(), scraped));
        String address = "127.0.0.1:" + freePort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + address,
                        "--log.level=error")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, address);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The answer to a query: one element for each series. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.at("/data/result");
    }

    /** The one value of a query, or NaN as long as there is none. */
    double value(String expression) throws IOException, InterruptedException {
        JsonNode result = query(expression);
        return result.size() == 1
                ? Double.parseDouble(result.get(0).get("value").get(1).asText())
                : Double.NaN;
    }

    /** Waits until a query has one value, which is this. */
    void await(String expression, double value) throws IOException, InterruptedException {
        Instant giveUp = Instant.now().plusSeconds(START_SECONDS);
        double seen = value(expression);
        while (seen != value) {
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError(expression + " is " + seen + ", not " + value);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            seen = value(expression);
        }
    }

    /** Waits until it answers at all. */
    void ready() throws InterruptedException {
        Instant giveUp = Instant.now().plusSeconds(START_SECONDS);
        while (true) {
            try {
                get("/api/v1/query?query=1");
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || Instant.now().isAfter(giveUp)) {
                    throw new AssertionError("no Prometheus at " + address, notYet);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    JsonNode alerts() throws IOException, InterruptedException {
        return get("/api/v1/alerts").at("/data/alerts");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
        return mapper.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
