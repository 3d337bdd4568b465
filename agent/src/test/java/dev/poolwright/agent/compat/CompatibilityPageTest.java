package dev.poolwright.agent.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompatibilityPageTest {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");

    @Test
    void is_what_the_scenarios_and_the_list_of_differences_say() throws IOException {
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(PAGE, CompatibilityPage.markdown());
        }
        assertThat(PAGE)
                .as("docs/compatibility.md is out of date; write it anew with: mvn -q -pl agent -am test"
                        + " -Dtest=CompatibilityPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dwrite.docs=true")
                .hasContent(CompatibilityPage.markdown());
    }
}
