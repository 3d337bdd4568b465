package dev.poolwright.agent.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.shapes.Shop;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.h2.Driver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes that a JVM keeps in an archive for its next start are still taken from there. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class ArchivedClassesIT {

    private final Path jdk;

    @TempDir
    Path folder;

    private Path application;

    ArchivedClassesIT(Path jdk) {
        this.jdk = jdk;
    }

    @BeforeEach
    void pack() throws Exception {
        application = new ApplicationJar().shop("", Shop.class).write(folder.resolve("shop.jar"));
    }

    /** No JVM writes such an archive while an agent runs, so it is trained without. */
    @Test
    void an_archive_of_application_classes_is_used() throws Exception {
        Path archive = folder.resolve("shop.jsa");
        assertThat(run(jvm().option("-XX:ArchiveClassesAtExit=" + archive)).exitCode())
                .isZero();

        ForkedJvm.Outcome outcome = run(logged(jvm().agent().option("-XX:SharedArchiveFile=" + archive)));

        assertPooled(outcome);
        assertThat(loaded()).anyMatch(line -> line.contains("com.acme.shapes.Shop source: shared objects file (top)"));
    }

    /** Of an AOT cache the JVM uses nothing if the agent was not there when it was trained. */
    @Test
    void an_aot_cache_trained_with_the_agent_is_used() throws Exception {
        if (ForkedJvm.featureOf(jdk) < 25) {
            return; // there are none
        }
        Path cache = folder.resolve("shop.aot");
        assertThat(run(jvm().agent().option("-XX:AOTCacheOutput=" + cache)).exitCode())
                .isZero();

        ForkedJvm.Outcome outcome = run(logged(jvm().agent().option("-XX:AOTCache=" + cache)));

        assertPooled(outcome);
        assertThat(outcome.out()).doesNotContain("[warning]", "[error]");
        assertThat(loaded()).anyMatch(line -> line.contains("com.acme.shapes.Shop source: shared objects file"));
    }

    private ForkedJvm jvm() {
        return SideBySide.quick(jdk);
    }

    private ForkedJvm logged(ForkedJvm jvm) {
        return jvm.option("-Xlog:class+load:file=" + folder.resolve("loaded.txt"));
    }

    private ForkedJvm.Outcome run(ForkedJvm jvm) throws Exception {
        return jvm.classPathOf(Driver.class).runIn(application, Shop.class);
    }

    private List<String> loaded() throws Exception {
        return Files.readAllLines(folder.resolve("loaded.txt"));
    }

    private static void assertPooled(ForkedJvm.Outcome outcome) {
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains("# shop | sessions: 1\n", "# shop | sessions by data source: 1\n");
    }
}
