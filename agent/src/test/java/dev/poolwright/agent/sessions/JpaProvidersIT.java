package dev.poolwright.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.sessions.JpaDesk;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** EntityManagers of javax and of jakarta: the same application with each provider. */
class JpaProvidersIT {

    @TempDir
    Path folder;

    /** A provider, in one of the two worlds. */
    enum Provider {
        HIBERNATE_5_6("javax", false, "hibernate Session", "Session"),
        HIBERNATE_6_6("jakarta", true, "hibernate Session", "Session"),
        ECLIPSELINK_2_7("javax", false, "eclipselink EntityManager", "EntityManager"),
        ECLIPSELINK_4_0("jakarta", true, "eclipselink EntityManager", "EntityManager"),
        OPENJPA_3_2("javax", false, "openjpa EntityManager", "EntityManager"),
        OPENJPA_4_0("jakarta", true, "openjpa EntityManager", "EntityManager");

        private final String world;
        private final boolean onEveryJdk;
        private final String what;
        private final String type;

        Provider(String world, boolean onEveryJdk, String what, String type) {
            this.world = world;
            this.onEveryJdk = onEveryJdk;
            this.what = what;
            this.type = type;
        }

        private Path[] jars() {
            return switch (this) {
                case HIBERNATE_5_6 -> LibraryJars.hibernate5();
                case HIBERNATE_6_6 -> LibraryJars.hibernate6();
                case ECLIPSELINK_2_7 -> LibraryJars.of("h2-", "eclipselink-2", "javax.persistence-api");
                case ECLIPSELINK_4_0 -> LibraryJars.of("h2-", "eclipselink-4", "jakarta.persistence-api-3.1");
                case OPENJPA_3_2 ->
                    LibraryJars.of(
                            "h2-",
                            "openjpa-3",
                            "javax.persistence-api",
                            "jta-1.1",
                            "serp",
                            "xbean",
                            "commons-pool",
                            "commons-collections4",
                            "commons-lang3");
                case OPENJPA_4_0 ->
                    LibraryJars.of(
                            "h2-",
                            "openjpa-4",
                            "jakarta.persistence-api-3.1",
                            "jakarta.transaction",
                            "serp",
                            "xbean",
                            "commons-pool",
                            "commons-collections4",
                            "commons-lang3");
            };
        }
    }

    static Stream<Arguments> runs() {
        int oldest =
                ForkedJvm.jdks().stream().mapToInt(ForkedJvm::featureOf).min().orElseThrow();
        return ForkedJvm.jdks().stream()
                .flatMap(jdk -> Stream.of(Provider.values())
                        .filter(provider -> provider.onEveryJdk || ForkedJvm.featureOf(jdk) == oldest)
                        .map(provider -> Arguments.of(jdk, provider)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void each_flush_and_step_once_and_each_leak_by_its_line(Path jdk, Provider provider) throws Exception {
        ForkedJvm jvm = Seen.agent(SideBySide.quick(jdk), folder.resolve("log"))
                .option("-Xmx96m")
                .classPath(PersistenceUnit.in(folder))
                .classPath(provider.jars());
        if (provider.what.startsWith("openjpa")) {
            jvm.agent(LibraryJars.of(provider == Provider.OPENJPA_3_2 ? "openjpa-3" : "openjpa-4")[0], "");
        }

        Seen seen = Seen.run(jvm, folder.resolve("log"), JpaDesk.class, provider.world);

        assertThat(seen.out()).contains("found 3", "amount 11");
        assertThat(seen.otherWarnings()).isEmpty();
        assertThat(seen.flushes(provider.type + ".flush").stream()
                        .map(flush -> flush.substring(0, flush.lastIndexOf(' ')))
                        .limit(4))
                .containsExactly("manual 2 0 0", "auto 1 0 0", "commit 0 1 0", "manual 0 0 1");
        seen.assertLeaks(provider.what);
        boolean commits = provider.what.startsWith("openjpa");
        assertThat(seen.steps())
                .isEqualTo(Map.of(
                        provider.type + " open",
                        11,
                        provider.type + " commit",
                        commits ? 8 : 2,
                        provider.type + " rollback",
                        commits ? 1 : 4,
                        provider.type + " close",
                        7));
    }
}
