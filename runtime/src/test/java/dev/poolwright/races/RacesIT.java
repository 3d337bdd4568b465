package dev.poolwright.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jcstress.Main;

/**
 * Runs the {@code *Races} of this module by jcstress, which judges every outcome by what they say of it: one of each kind
 * for a moment; all of them, and for minutes, with {@code -Pjcstress}.
 */
class RacesIT {

    private static final Path FOLDER = Path.of("target", "jcstress");

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void have_no_outcome_that_is_forbidden() throws Exception {
        Files.createDirectories(FOLDER);
        Path log = FOLDER.resolve("jcstress.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(System.getProperty("jcstress.options").split(" ")));
        Process jcstress = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        int exit = jcstress.waitFor();

        assertThat(log).content().contains("RUN RESULTS").containsPattern("[1-9]\\d* passed, 0 failed, 0 soft errs");
        assertThat(exit).as("see %s", log).isZero();
    }
}
