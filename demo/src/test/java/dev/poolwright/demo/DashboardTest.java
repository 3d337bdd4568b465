package dev.poolwright.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardTest {

    /** The metrics the exporter has, as Prometheus names them. */
    private static final Set<String> METRICS = Set.of(
            "db_client_connection_count",
            "db_client_connection_idle_max",
            "db_client_connection_max",
            "db_client_connection_pending_requests",
            "db_client_connection_timeouts_total",
            "db_client_connection_create_time_seconds_bucket",
            "db_client_connection_create_time_seconds_count",
            "db_client_connection_wait_time_seconds_bucket",
            "db_client_connection_use_time_seconds_bucket",
            "db_client_connection_use_time_seconds_count",
            "db_client_operation_duration_seconds_bucket",
            "db_client_operation_duration_seconds_count",
            "poolwright_connection_leaks_total",
            "poolwright_connection_overflow",
            "poolwright_session_open");

    private static final Pattern METRIC = Pattern.compile("\\b(?:db_client|poolwright)_[a-z_]+(?=\\{)");

    private JsonNode dashboard;

    @BeforeEach
    void read() throws Exception {
        dashboard = new ObjectMapper().readTree(new File("dashboards/poolwright.json"));
    }

    @Test
    void asks_only_for_metrics_that_exist() {
        Set<String> asked = new HashSet<>();
        for (JsonNode target : dashboard.findValues("expr")) {
            Matcher metric = METRIC.matcher(target.asText());
            while (metric.find()) {
                asked.add(metric.group());
            }
        }
        assertThat(asked).isNotEmpty().isSubsetOf(METRICS);
    }

    @Test
    void every_panel_has_its_own_place_and_uses_the_chosen_data_source() {
        List<JsonNode> panels = new ArrayList<>();
        dashboard.get("panels").forEach(panels::add);
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        for (JsonNode panel : panels) {
            assertThat(panel.get("title").asText()).isNotBlank();
            if (panel.has("targets")) {
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(panel.get("targets")).isNotEmpty();
            }
            for (JsonNode other : panels) {
                assertThat(panel.equals(other) || apart(panel.get("gridPos"), other.get("gridPos")))
                        .as(panel.get("title") + " and " + other.get("title") + " overlap")
                        .isTrue();
            }
        }
        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    }

    private static boolean apart(JsonNode a, JsonNode b) {
        return end(a, "x", "w") <= b.get("x").asInt()
                || end(b, "x", "w") <= a.get("x").asInt()
                || end(a, "y", "h") <= b.get("y").asInt()
                || end(b, "y", "h") <= a.get("y").asInt();
    }

    private static int end(JsonNode place, String from, String length) {
        return place.get(from).asInt() + place.get(length).asInt();
    }
}
