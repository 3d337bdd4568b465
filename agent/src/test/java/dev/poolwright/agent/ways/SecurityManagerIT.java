package dev.poolwright.agent.ways;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.ways.Guarded;
import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.behaviour.SideBySide;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** An application under a security manager is served with the agent's permissions, and gets none of them. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class SecurityManagerIT {

    /** Later ones have to be asked for it by a switch, and 24 has none. */
    private static final int LAST_WITH_ONE = 17;

    private final Path jdk;

    @TempDir
    Path folder;

    SecurityManagerIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void an_application_without_permissions_is_served() throws Exception {
        if (ForkedJvm.featureOf(jdk) > LAST_WITH_ONE) {
            return;
        }
        Path policy = Files.writeString(
                folder.resolve("policy"), all(ForkedJvm.AGENT_JAR) + all(ForkedJvm.home(Driver.class)));

        SideBySide runs = SideBySide.run(
                jdk,
                (jvm, name) -> jvm.option("-Djava.security.manager", "-Djava.security.policy==" + policy)
                        .classPathOf(Driver.class)
                        .run(Guarded.class));

        runs.assertSame("guarded");
        runs.assertQuiet();
        assertThat(runs.countWith("guarded", "sessions")).isLessThan(runs.countWithout("guarded", "sessions"));
    }

    private static String all(Path jar) {
        return "grant codeBase \"" + jar.toUri() + "\" { permission java.security.AllPermission; };\n";
    }
}
