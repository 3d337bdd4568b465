package dev.poolwright.otel.conventions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TelemetryPageTest {

    private static final Path PAGE = Path.of("..", "docs", "telemetry.md");

    @Test
    void is_what_the_catalogue_says() throws IOException {
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(PAGE, TelemetryPage.markdown());
        }
        assertThat(PAGE)
                .as("docs/telemetry.md is out of date; write it anew with:"
                        + " mvn -q -pl otel-exporter -am test -Dtest=TelemetryPageTest -Dwrite.docs=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(TelemetryPage.markdown());
    }
}
