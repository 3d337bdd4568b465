package dev.poolwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Hello;
import com.acme.OtherAgent;
import com.acme.TwoConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent adds to a JVM in which all is well: no output, few classes, none that pins the platform's services. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class FootprintIT {

    /** Over an empty agent, for a program that opens two H2 connections. */
    private static final int MOST_CLASSES = 250;

    private final Path jdk;

    @TempDir
    Path folder;

    FootprintIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void prints_nothing() throws Exception {
        ForkedJvm.Outcome plain = ForkedJvm.on(jdk).classPathOf(Driver.class).run(TwoConnections.class);

        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).agent().classPathOf(Driver.class).run(TwoConnections.class);

        assertThat(outcome).isEqualTo(plain).isEqualTo(new ForkedJvm.Outcome(0, "1\n2\n", ""));
    }

    @Test
    void premain_loads_no_class_that_an_application_server_must_load_first() throws Exception {
        Path other = Jars.of(folder, OtherAgent.class);
        Path without = folder.resolve("without");
        Path with = folder.resolve("with");
        Path hello = Jars.of(folder, Hello.class);
        ForkedJvm.on(jdk).agent(other, "list:" + without).runIn(hello, Hello.class);
        ForkedJvm.on(jdk).agent().agent(other, "list:" + with).runIn(hello, Hello.class);

        Set<String> added = new TreeSet<>(Files.readAllLines(with));
        added.removeAll(Files.readAllLines(without));

        assertThat(added)
                .contains("dev.poolwright.weave.Weaving")
                .noneMatch(name -> name.startsWith("java.util.logging.")
                        || name.startsWith("java.lang.System$Logger")
                        || name.startsWith("java.lang.management.")
                        || name.startsWith("javax.management.")
                        || name.startsWith("java.nio.file.")
                        || name.startsWith("java.sql.")
                        || name.startsWith("javax.sql.")
                        || name.startsWith("io.opentelemetry.")
                        || name.startsWith("net.bytebuddy.")
                        || name.contains("$$Lambda"));
    }

    @Test
    void loads_few_classes_more_than_an_empty_agent() throws Exception {
        Path empty = Jars.of(folder, OtherAgent.class);

        int without = classesLoaded(ForkedJvm.on(jdk).agent(empty, "nothing"));
        int with = classesLoaded(ForkedJvm.on(jdk).agent());

        assertThat(with - without).isBetween(1, MOST_CLASSES);
    }

    private int classesLoaded(ForkedJvm jvm) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "classes", ".log");
        jvm.option("-Xlog:class+load=info:file=" + log + ":none")
                .classPathOf(Driver.class)
                .run(TwoConnections.class);
        return Files.readAllLines(log).size();
    }
}
