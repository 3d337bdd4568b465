package dev.poolwright.agent.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.measured.Day;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.PostgresServer;
import dev.poolwright.agent.behaviour.SideBySide;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.ibatis.session.SqlSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/**
 * An application with known figures, a real PostgreSQL, and a real Prometheus that scrapes it and has every query of the
 * dashboards. Where Debian's package prometheus is not installed one line says so, and nothing is shown here; the project's
 * CI demands it.
 */
class DashboardsIT {

    private static final Path DASHBOARDS = Path.of("..", "demo", "dashboards");
    private static final Path ALERTS = DASHBOARDS.resolve("alerts.yml");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    static Path scratch;

    private static Path promtool;
    private static PostgresServer server;
    private static ServerSocket control;
    private static FutureTask<ForkedJvm.Outcome> day;
    private static Socket evening;
    private static Prometheus prometheus;

    @BeforeAll
    static void have_a_days_work_scraped() throws Exception {
        promtool = Prometheus.program("promtool");
        Path program = Prometheus.program("prometheus");
        if (promtool == null || program == null) {
            System.out.println(
                    "no prometheus and promtool on the PATH (Debian's package prometheus): dashboards not run");
            return;
        }
        server = PostgresServer.start();
        server.create("day");
        int port = Prometheus.freePort();
        control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        control.setSoTimeout(60_000);
        ForkedJvm jvm = SideBySide.quick(ForkedJvm.jdks().get(0))
                .agent("prometheus.port=" + port + ",exporter=none,pool.size=2,pool.overflow=1,pool.checkoutTimeout=2s")
                .classPathOf(Driver.class, SqlSession.class);
        day = new FutureTask<>(() -> jvm.run(Day.class, url(), Integer.toString(control.getLocalPort())));
        new Thread(day, "day").start();
        prometheus = Prometheus.start(program, scratch, port, ALERTS);
        prometheus.ready();
        evening = control.accept();
        BufferedReader in = new BufferedReader(new InputStreamReader(evening.getInputStream(), StandardCharsets.UTF_8));
        assertThat(in.readLine()).isEqualTo("evening");
        prometheus.await("sum(poolwright_connection_leaks_total)", 3);
        prometheus.await("sum(db_client_connection_count)", 3);
        prometheus.await("sum(db_client_connection_pending_requests)", 1);
        prometheus.await("count(rate(db_client_connection_wait_time_seconds_count[1m]))", 1); // two scrapes
        prometheus.await("min(count_over_time(poolwright_session_open[1m]) >= bool 2)", 1); // of what came last, too
    }

    @AfterAll
    static void end_the_day() throws Exception {
        if (prometheus == null) {
            return;
        }
        prometheus.close();
        control.close();
        if (evening != null) {
            evening.close();
        }
        try {
            ForkedJvm.Outcome outcome = day.get(30, TimeUnit.SECONDS);
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        } finally {
            server.close();
        }
    }

    private static String url() {
        return "jdbc:postgresql://localhost:" + server.port() + "/day?ApplicationName=day&password=pencil";
    }

    @Test
    void every_query_has_an_answer() throws Exception {
        if (prometheus == null) {
            return;
        }
        List<String> unanswered = new ArrayList<>();
        for (Path file : dashboards()) {
            for (JsonNode panel : MAPPER.readTree(file.toFile()).get("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    boolean here = target.at("/datasource/type").asText().equals("prometheus");
                    if (here && prometheus.query(asked(target)).isEmpty()) {
                        unanswered.add(file.getFileName() + " | " + panel.get("title") + " | " + asked(target));
                    }
                }
            }
        }
        assertThat(unanswered).isEmpty();
    }

    @Test
    void what_is_known_is_what_the_dashboards_show() throws Exception {
        if (prometheus == null) {
            return;
        }
        assertShown("pool-health.json", Map.of("In use", 3.0, "Idle", 0.0, "Waiting", 1.0, "Leaks", 3.0));
        assertShown("pool-health.json", Map.of("Of what it may open", 1.0, "Beyond the pool's size", 1.0));
        // 10 in a row, one that fails, one of a session, one by setAutoCommit(true), one after the setting.
        assertShown("commits.json", Map.of("Commits", 14.0, "Failed", 1.0, "Open sessions", 1.0));
        assertShown("leaks.json", Map.of("Connections", 3.0, "Sessions", 0.0, "Not taken back", 0.0));
        assertShown("leaks.json", Map.of("Lines with open statements", 0.0));
        assertShown("waits.json", Map.of("Waiting now", 1.0));
        assertThat(prometheus.value("sum(poolwright_session_reset_duration_seconds_count)"))
                .isEqualTo(1);
        assertThat(prometheus.value("sum(poolwright_transaction_uncommitted_total)"))
                .isEqualTo(1);
        assertThat(prometheus
                        .query("db_client_operation_duration_seconds_count{error_type!=\"\"}")
                        .toString())
                .contains("\"error_type\":\"23505\"", "\"db_response_status_code\":\"23505\"");
    }

    @Test
    void the_database_counts_as_many_connections_as_prometheus() throws Exception {
        if (prometheus == null) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + server.port() + "/day", "clerk", "pencil");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name = 'day'")) {
            rows.next();
            assertThat(prometheus.value("sum(db_client_connection_count)")).isEqualTo(rows.getInt(1));
        }
    }

    @Test
    void names_the_pool_for_people_and_gives_nothing_away() throws Exception {
        if (prometheus == null) {
            return;
        }
        JsonNode everything = prometheus.query("{job=\"orders\"}");
        assertThat(everything.toString())
                .contains("\"db_client_connection_pool_name\":\"localhost:" + server.port() + "/day@clerk\"")
                .doesNotContain("pencil", "ApplicationName");
    }

    @Test
    void the_alerts_are_in_order_and_the_leaks_are_told() throws Exception {
        if (prometheus == null) {
            return;
        }
        assertThat(run(promtool.toString(), "check", "rules", ALERTS.toString()))
                .contains("SUCCESS: 5 rules found");
        Path tests = DASHBOARDS.resolve("alerts-test.yml");
        assertThat(run(promtool.toString(), "test", "rules", tests.toString())).contains("SUCCESS");
        prometheus.await("count(ALERTS{alertname=\"ConnectionsLeak\", alertstate=\"firing\"})", 1);
        prometheus.await("count(ALERTS{alertname=\"PoolExhausted\", alertstate=\"pending\"})", 1);
        assertThat(prometheus.alerts().toString())
                .contains("3 leaks of a connection in 127.0.0.1", "All 3 connections that it may open are lent");
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(found).hasSize(4);
            return found;
        }
    }

    /** As Grafana would ask. */
    private static String asked(JsonNode target) {
        return target.get("expr").asText().replace("$pool", ".*").replace("$__rate_interval", "1m");
    }

    private static void assertShown(String file, Map<String, Double> values) throws Exception {
        JsonNode dashboard = MAPPER.readTree(DASHBOARDS.resolve(file).toFile());
        for (Map.Entry<String, Double> expected : values.entrySet()) {
            JsonNode panel = null;
            for (JsonNode each : dashboard.get("panels")) {
                panel = each.get("title").asText().equals(expected.getKey()) ? each : panel;
            }
            assertThat(panel).as(expected.getKey()).isNotNull();
            assertThat(prometheus.value(asked(panel.get("targets").get(0))))
                    .as(file + " | " + expected.getKey())
                    .isEqualTo(expected.getValue());
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
