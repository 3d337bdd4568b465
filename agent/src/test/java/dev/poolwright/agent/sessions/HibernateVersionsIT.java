package dev.poolwright.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.sessions.HibernateDesk;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hibernate 3.6 to 7: the same application with each. Those before 6 run on the oldest JDK alone. */
class HibernateVersionsIT {

    @TempDir
    Path folder;

    /** A version, and what of it is not as with the others. */
    enum Version {
        V3_6(false, 0),
        V4_3(false, 0),
        V5_6(false, 1),
        V6_6(true, 1),
        V7_1(true, 1);

        private final boolean onEveryJdk;
        /** Rows that are kept when a session of Hibernate's own pool is closed without a commit. */
        private final int kept;

        Version(boolean onEveryJdk, int kept) {
            this.onEveryJdk = onEveryJdk;
            this.kept = kept;
        }

        private Path[] jars() {
            return switch (this) {
                case V3_6 ->
                    LibraryJars.of(
                            "h2-",
                            "hibernate-core-3.6",
                            "hibernate-commons-annotations-3",
                            "hibernate-jpa-2.0",
                            "javassist-3.12",
                            "commons-collections-3",
                            "jta-1.1",
                            "antlr-2",
                            "dom4j-1",
                            "slf4j");
                case V4_3 ->
                    LibraryJars.of(
                            "h2-",
                            "hibernate-core-4.3",
                            "hibernate-commons-annotations-4",
                            "hibernate-jpa-2.1",
                            "javassist-3.30",
                            "jta-1.1",
                            "antlr-2",
                            "dom4j-1",
                            "jandex-2",
                            "jboss-logging");
                case V5_6 -> LibraryJars.hibernate5();
                case V6_6 -> LibraryJars.hibernate6();
                case V7_1 ->
                    LibraryJars.of(
                            "h2-",
                            "hibernate-core-7",
                            "hibernate-models",
                            "jakarta.persistence-api-3.2",
                            "jakarta.transaction",
                            "jakarta.xml",
                            "jakarta.inject",
                            "jakarta.activation",
                            "angus",
                            "jaxb-runtime-4",
                            "jaxb-core-4",
                            "txw2-4",
                            "istack",
                            "antlr4-runtime",
                            "classmate",
                            "jandex-3",
                            "byte-buddy",
                            "jboss-logging");
            };
        }
    }

    static Stream<Arguments> runs() {
        int oldest =
                ForkedJvm.jdks().stream().mapToInt(ForkedJvm::featureOf).min().orElseThrow();
        return ForkedJvm.jdks().stream()
                .flatMap(jdk -> Stream.of(Version.values())
                        .filter(version -> version.onEveryJdk || ForkedJvm.featureOf(jdk) == oldest)
                        .map(version -> Arguments.of(jdk, version)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void each_flush_and_step_once_and_each_leak_by_its_line(Path jdk, Version version) throws Exception {
        ForkedJvm jvm = Seen.agent(SideBySide.quick(jdk), folder.resolve("log"))
                .option("-Xmx96m")
                .classPath(version.jars());

        Seen seen = Seen.run(jvm, folder.resolve("log"), HibernateDesk.class);

        assertThat(seen.out())
                .contains(
                        "found 3", "amount 11", "given open true", "closed without commit, rows kept: " + version.kept);
        assertThat(seen.otherWarnings()).isEmpty();
        assertThat(seen.flushes("Session.flush").subList(0, 6))
                .containsExactly(
                        "manual 2 0 0 2",
                        "auto 1 0 0 1",
                        "commit 0 1 0 0",
                        "manual 0 0 1 1",
                        "commit 1 0 0 1",
                        "manual 1 0 0 1");
        seen.assertLeaks("hibernate Session");
        assertThat(seen.steps())
                .isEqualTo(Map.of(
                        "Session open", 14,
                        "Session close", 10,
                        "Session commit", 5,
                        "Session rollback", 4,
                        "StatelessSession open", 1,
                        "StatelessSession close", 1));
    }
}
