package dev.poolwright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    @Test
    void is_what_the_constants_say() throws IOException {
        if (Boolean.getBoolean("write.docs")) {
            Files.writeString(PAGE, SettingsPage.markdown());
        }
        assertThat(PAGE)
                .as("docs/settings.md is out of date; write it anew with:"
                        + " mvn -q -pl runtime test -Dtest=SettingsPageTest -Dwrite.docs=true")
                .hasContent(SettingsPage.markdown());
    }
}
