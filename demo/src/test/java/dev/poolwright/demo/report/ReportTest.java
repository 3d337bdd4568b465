package dev.poolwright.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final List<String> IN_BOTH =
            List.of("requestsPerSecond", "connectsToDatabase", "leftOpen", "wallMillis", "commits");

    @Test
    void both_runs_have_the_five_figures_and_after_has_leaks_and_spans() throws Exception {
        JsonNode report = read(Report.json(Map.of("java", "17"), Runs.before(), Runs.after(), List.of()));

        for (String figure : IN_BOTH) {
            assertThat(report.at("/before/" + figure).isNumber())
                    .as("before " + figure)
                    .isTrue();
            assertThat(report.at("/after/" + figure).isNumber())
                    .as("after " + figure)
                    .isTrue();
        }
        assertThat(report.at("/before/connectsToDatabase").asInt()).isEqualTo(4805);
        assertThat(report.at("/after/leftOpen").asInt()).isZero();
        assertThat(report.at("/after/leaks/0/site").asText()).isEqualTo(Runs.SITE);
        assertThat(report.at("/after/leaks/0/count").asInt()).isEqualTo(40);
        assertThat(report.at("/after/spans/COMMIT orders").asInt()).isEqualTo(4220);
        assertThat(report.at("/before/leaks").isMissingNode()).isTrue();
        assertThat(report.at("/brokenPromises").isEmpty()).isTrue();
    }

    @Test
    void quotes_backslashes_and_line_ends_survive() throws Exception {
        JsonNode report =
                read(Report.json(Map.of("path", "C:\\a \"b\"\n\tc"), Runs.before(), Runs.after(), List.of("x")));

        assertThat(report.at("/setting/path").asText()).isEqualTo("C:\\a \"b\"\n\tc");
        assertThat(report.at("/brokenPromises/0").asText()).isEqualTo("x");
    }

    private static JsonNode read(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }
}
