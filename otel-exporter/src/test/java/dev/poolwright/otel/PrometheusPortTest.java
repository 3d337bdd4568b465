package dev.poolwright.otel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.otel.settings.ExporterSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PrometheusPortTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @Test
    void serves_the_metrics_where_it_was_asked_to_until_it_is_closed() throws Exception {
        int port = freePort();
        Exporter exporter = start(ExporterSettings.Kind.AUTO, port);
        Events.everything(exporter.listener());

        assertThat(scrape(port))
                .contains("db_client_connection_count{db_client_connection_pool_name=\"db:5432/orders@app\","
                        + "db_client_connection_state=\"idle\"")
                .contains("db_client_operation_duration_seconds_bucket", "poolwright_connection_leaks_total");
        assertThat(exporter.target()).isEqualTo("Prometheus at port " + port);
        assertThat(warnings).isEmpty();
        exporter.close(LONG);
        assertThat(isOpen(InetAddress.getLoopbackAddress(), port)).isFalse();
    }

    @Test
    void is_on_the_loopback_interface_alone() throws Exception {
        int port = freePort();
        Exporter exporter = start(ExporterSettings.Kind.NONE, port);

        assertThat(isOpen(InetAddress.getLoopbackAddress(), port)).isTrue();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (!network.isLoopback()) {
                assertThat(network.inetAddresses()).noneMatch(address -> isOpen(address, port));
            }
        }
        exporter.close(LONG);
    }

    @Test
    void goes_to_an_endpoint_as_well_where_that_is_configured() throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver()) {
            int port = freePort();
            Exporter exporter = requireNonNull(Exporter.start(settings(ExporterSettings.Kind.AUTO, port)
                    .with("otel.exporter.otlp.endpoint", receiver.endpoint())));
            Events.everything(exporter.listener());

            assertThat(scrape(port)).contains("db_client_connection_count");
            assertThat(exporter.close(LONG)).isTrue();
            assertThat(receiver.spans()).hasSize(3);
            assertThat(receiver.metrics()).isNotEmpty();
        }
    }

    @Test
    void says_so_and_goes_on_without_where_the_port_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Exporter exporter = start(ExporterSettings.Kind.CONSOLE, taken.getLocalPort());

            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("telemetry: Prometheus finds nothing at 127.0.0.1:" + taken.getLocalPort())
                    .contains("BindException");
            Events.everything(exporter.listener());
            exporter.close(LONG);
        }
    }

    @Test
    void leaves_the_limits_of_the_applications_own_servers_alone() throws Exception {
        Exporter exporter = start(ExporterSettings.Kind.AUTO, freePort());
        exporter.close(LONG);

        assertThat(System.getProperties())
                .doesNotContainKeys("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime");
    }

    private Exporter start(ExporterSettings.Kind kind, int port) {
        return requireNonNull(Exporter.start(settings(kind, port)));
    }

    private ExporterSettings settings(ExporterSettings.Kind kind, int port) {
        return ExporterSettings.of(kind, warnings::add, line -> {})
                .prometheus(InetSocketAddress.createUnresolved("127.0.0.1", port));
    }

    private static String scrape(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openConnection();
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isOpen(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
