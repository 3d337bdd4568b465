package dev.poolwright.agent.telemetry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.poolwright.config.PoolKind;
import dev.poolwright.engine.Engine;
import dev.poolwright.event.EngineStats;
import dev.poolwright.otel.Exporter;
import dev.poolwright.otel.settings.ExporterSettings;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A real engine, and what is told of it beside what it says itself. */
class EngineFiguresTest {

    private static final String URL = "jdbc:h2:mem:figures;DB_CLOSE_DELAY=-1";
    private static final int ROUNDS = 20;
    private static final int COMMITS = 1_000;

    @Test
    void what_prometheus_finds_is_what_the_engine_says() throws Exception {
        int port = Prometheus.freePort();
        Exporter exporter =
                requireNonNull(Exporter.start(ExporterSettings.of(ExporterSettings.Kind.NONE, line -> {}, line -> {})
                        .prometheus(InetSocketAddress.createUnresolved("127.0.0.1", port))));
        try (Engine engine = Engine.builder(URL)
                .user("sa")
                .kind(PoolKind.QUEUE)
                .size(2)
                .overflow(2)
                .listener(exporter.listener())
                .build()) {
            Connection[] lent = {engine.getConnection(), engine.getConnection(), engine.getConnection()};
            for (Connection each : lent) {
                assertFigures(port, engine.stats());
                each.close();
            }
            assertFigures(port, engine.stats());
        } finally {
            exporter.close(Duration.ofSeconds(10));
        }
    }

    @Test
    void where_nobody_hears_of_it_a_commit_allocates_what_the_drivers_does() throws SQLException {
        try (Engine engine = Engine.builder(URL).user("sa").kind(PoolKind.QUEUE).build();
                Connection pooled = engine.getConnection();
                Connection plain = DriverManager.getConnection(URL, "sa", "")) {
            long more = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                more = Math.min(more, committed(pooled) - committed(plain));
            }

            assertThat(more / COMMITS).isLessThan(8); // less than any object
        }
    }

    /**
     * Bytes of so many commits, each of something. Only what was measured in the same round is compared: once the compiler has
     * seen the one caller but not yet the other, the driver's own part costs them unequally.
     */
    private static long committed(Connection connection) throws SQLException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        connection.setAutoCommit(false);
        long bytes = 0;
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < COMMITS; i++) {
                statement.execute("set @n = 1");
                long before = threads.getCurrentThreadAllocatedBytes();
                connection.commit();
                bytes += threads.getCurrentThreadAllocatedBytes() - before;
            }
        }
        return bytes;
    }

    private static void assertFigures(int port, EngineStats stats) throws Exception {
        String told;
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            told = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(value(told, "db_client_connection_count", "state=\"used\"")).isEqualTo(stats.leased());
        assertThat(value(told, "db_client_connection_count", "state=\"idle\"")).isEqualTo(stats.idle());
        assertThat(value(told, "db_client_connection_pending_requests", "")).isEqualTo(stats.waiting());
        assertThat(value(told, "db_client_connection_idle_max", "")).isEqualTo(stats.size());
        assertThat(value(told, "db_client_connection_max", "")).isEqualTo(stats.size() + stats.overflow());
        assertThat(value(told, "poolwright_connection_overflow", ""))
                .isEqualTo(Math.max(0, stats.leased() + stats.idle() - stats.size()));
        assertThat(value(told, "db_client_connection_create_time_seconds_count", ""))
                .isEqualTo((double) stats.opened());
    }

    private static double value(String told, String metric, String label) {
        return told.lines()
                .filter(line -> line.startsWith(metric + "{") && line.contains(label))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new AssertionError(metric + " " + label + " is not among " + told));
    }
}
