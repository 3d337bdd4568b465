package dev.poolwright.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar. */
class BenchIT {

    @TempDir
    private Path folder;

    @Test
    void prints_a_table_and_writes_the_numbers_with_commit_and_jdk() throws Exception {
        Path file = folder.resolve("numbers.json");

        String printed = run("--only=lost-wake-ups,transaction: 1 thread", "--rivals=engine,hikari", "--out=" + file);

        assertThat(printed)
                .contains("lost-wake-ups:")
                .contains("transaction: 1 thread on 32 connections")
                .contains("x hikari");
        assertThat(Files.readString(file))
                .contains("\"commit\": \"", "\"jdk\": \"" + Runtime.version(), "\"rival\": \"engine\"", "\"stalls\": [")
                .contains("\"benchmark\" : \"dev.poolwright.bench.cycles.TransactionCycle.cycle\"")
                .contains("processor.nanos", "gc.alloc.rate.norm")
                .doesNotContain(System.getProperty("java.home"));
    }

    @Test
    void lists_its_cases() throws Exception {
        assertThat(run("--list", "--full"))
                .contains(
                        "connection: 32 threads on 8 connections", "pool in a child class loader", "ramp: ", "spike: ");
    }

    @Test
    void says_which_options_there_are_when_it_is_given_another() throws Exception {
        assertThat(run("--quikc")).contains("not an option: --quikc", "--full", "--only=");
    }

    private String run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/bench.jar"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }
}
