package dev.poolwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderBook;
import com.acme.Watched;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gate hears of the sessions of a real Hibernate 6. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class HibernateIT {

    private final Path jdk;

    HibernateIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void hears_of_opening_flushes_commit_and_close() throws Exception {
        ForkedJvm jvm = ForkedJvm.on(jdk).agent();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (element.endsWith(".jar")) {
                jvm.classPath(Path.of(element));
            }
        }

        ForkedJvm.Outcome outcome = jvm.run(Watched.class, "classPath", OrderBook.class.getName());

        List<String> heard = outcome.out()
                .lines()
                .filter(line -> line.startsWith("session") || line.startsWith("as expected"))
                .toList();
        assertThat(heard)
                .containsExactly(
                        "as expected",
                        "sessionPointEntered 1 null",
                        "sessionPointLeft 1 SessionImpl",
                        "sessionPointEntered 3 SessionImpl",
                        "sessionPointLeft 3 SessionImpl",
                        "sessionPointEntered 5 TransactionImpl",
                        "sessionPointEntered 4 SessionImpl",
                        "sessionPointEntered 3 SessionImpl",
                        "sessionPointLeft 3 SessionImpl",
                        "sessionPointLeft 4 SessionImpl",
                        "sessionPointLeft 5 TransactionImpl",
                        "sessionPointEntered 2 SessionImpl",
                        "sessionPointEntered 2 SessionImpl",
                        "sessionPointLeft 2 SessionImpl",
                        "sessionPointLeft 2 SessionImpl",
                        "sessionPointEntered 1 null",
                        "sessionPointLeft 1 SessionImpl",
                        "sessionPointEntered 3 SessionImpl",
                        "sessionPointLeft 3 SessionImpl threw SQLGrammarException",
                        "sessionPointEntered 2 SessionImpl",
                        "sessionPointEntered 2 SessionImpl",
                        "sessionPointLeft 2 SessionImpl",
                        "sessionPointLeft 2 SessionImpl");
        assertThat(outcome.err()).doesNotContain("poolwright");
        assertThat(outcome.exitCode()).isZero();
    }
}
