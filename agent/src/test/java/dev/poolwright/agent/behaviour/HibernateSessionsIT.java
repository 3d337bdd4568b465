package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.trouble.Bookkeeping;
import dev.poolwright.agent.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A Hibernate application: its flushes and commits are spans, and its forgotten session is named. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class HibernateSessionsIT {

    private final Path jdk;

    HibernateSessionsIT(Path jdk) {
        this.jdk = jdk;
    }

    private static ForkedJvm withHibernate(ForkedJvm jvm) {
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (element.endsWith(".jar")) {
                jvm.classPath(Path.of(element));
            }
        }
        return jvm;
    }

    @Test
    void behaves_the_same() throws Exception {
        SideBySide runs = SideBySide.run(jdk, (jvm, name) -> withHibernate(jvm).run(Bookkeeping.class));

        runs.assertSameOutput();
    }

    @Test
    void shows_each_flush_and_commit_once_and_names_the_forgotten_session() throws Exception {
        ForkedJvm.Outcome outcome = withHibernate(SideBySide.quick(jdk))
                .option("-Xmx40m")
                .agent("exporter=console,span.wait=off")
                .run(Bookkeeping.class, "1500");

        List<String> err = outcome.err().lines().toList();
        assertThat(err.stream().filter(line -> line.startsWith("span Session.flush ")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("mode=manual", "inserts=2", "updates=0", "entity_count=2"),
                        line -> assertThat(line).contains("mode=auto", "inserts=1", "updates=0", "entity_count=1"),
                        line -> assertThat(line).contains("mode=commit", "inserts=0", "updates=1", "entity_count=1"),
                        line -> assertThat(line).contains("mode=manual", "inserts=1", "updates=0", "entity_count=1"));
        assertThat(err.stream().filter(line -> line.startsWith("span COMMIT "))).hasSize(2);
        assertThat(err.stream().filter(line -> line.startsWith("span ROLLBACK ")))
                .hasSize(1);
        String forgotten = outcome.out()
                .lines()
                .filter(line -> line.startsWith("forgotten at "))
                .findFirst()
                .orElseThrow()
                .substring("forgotten at ".length());
        assertThat(err.stream().filter(line -> line.startsWith("[poolwright]")))
                .singleElement()
                .asString()
                .startsWith("[poolwright] WARN leak: hibernate Session was never closed: opened at"
                        + " com.acme.trouble.Bookkeeping.forget(" + forgotten + ") < com.acme.trouble.Bookkeeping.")
                .contains(") by thread main")
                .endsWith("[PW-202]");
        assertThat(outcome.exitCode()).isZero();
    }
}
