package dev.poolwright.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dashboard's file says; what its queries answer is seen with a real Prometheus, in the agent's DashboardsIT. */
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
            "db_client_connection_wait_time_seconds_count",
            "db_client_connection_wait_time_seconds_sum",
            "db_client_connection_use_time_seconds_bucket",
            "db_client_connection_use_time_seconds_sum",
            "db_client_operation_duration_seconds_bucket",
            "db_client_operation_duration_seconds_count",
            "poolwright_connection_leaks_total",
            "poolwright_connection_overflow",
            "poolwright_session_open",
            "poolwright_session_operation_duration_seconds_bucket",
            "poolwright_session_reset_duration_seconds_count",
            "poolwright_transaction_uncommitted_total");

    private static final Pattern METRIC = Pattern.compile(
            "\\b(?:db_client|poolwright)_[a-z_]+(?<!_name|_state|_type|_action|_outcome|_reason|_library|_operation)\\b");

    private static JsonNode read(String file) throws IOException {
        return new ObjectMapper().readTree(new File("dashboards/" + file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool-health.json", "commits.json", "leaks.json", "waits.json"})
    void asks_only_for_metrics_that_exist(String file) throws IOException {
        Set<String> asked = new HashSet<>();
        for (JsonNode target : read(file).findValues("expr")) {
            Matcher metric = METRIC.matcher(target.asText().replaceAll("by \\([^)]*\\)", ""));
            while (metric.find()) {
                asked.add(metric.group());
            }
        }
        assertThat(asked).isNotEmpty().isSubsetOf(METRICS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool-health.json", "commits.json", "leaks.json", "waits.json"})
    void every_figure_says_what_it_is_in_which_unit_and_when_it_is_bad(String file) throws IOException {
        for (JsonNode panel : read(file).get("panels")) {
            assertThat(panel.get("title").asText()).isNotBlank();
            if (panel.has("targets")) {
                assertThat(panel.get("description").asText())
                        .as(panel.get("title").asText())
                        .hasSizeGreaterThan(9);
                JsonNode shown = panel.at("/fieldConfig/defaults");
                assertThat(shown.get("unit").asText()).isIn("short", "ops", "s", "percentunit");
                assertThat(shown.at("/thresholds/steps")).isNotEmpty();
                assertThat(panel.at("/datasource/uid").asText()).isIn("${datasource}", "${logs}");
                assertThat(panel.get("targets")).isNotEmpty();
            } else {
                assertThat(panel.at("/options/content").asText()).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool-health.json", "commits.json", "leaks.json", "waits.json"})
    void every_panel_has_its_own_place_and_the_data_source_is_chosen_at_the_top(String file) throws IOException {
        JsonNode dashboard = read(file);
        List<JsonNode> panels = new ArrayList<>();
        dashboard.get("panels").forEach(panels::add);
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        for (JsonNode panel : panels) {
            for (JsonNode other : panels) {
                assertThat(panel.equals(other) || apart(panel.get("gridPos"), other.get("gridPos")))
                        .as(panel.get("title") + " and " + other.get("title") + " overlap")
                        .isTrue();
            }
        }
        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(dashboard.get("uid").asText()).isEqualTo("poolwright-" + file.replace(".json", ""));
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
