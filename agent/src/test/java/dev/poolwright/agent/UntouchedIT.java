package dev.poolwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.Hello;
import com.acme.TwoConnections;
import com.acme.Watched;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVMs the agent must leave alone; in each the log file shows that it never started. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class UntouchedIT {

    private final Path jdk;

    @TempDir
    Path folder;

    UntouchedIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void starts_where_nothing_speaks_against_it() throws Exception {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).agent("log=" + log()).run(Hello.class);

        assertThat(outcome).isEqualTo(new ForkedJvm.Outcome(0, "hello\n", ""));
        assertThat(log()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keytool", "jcmd", "javap"})
    void skips_tools_of_the_jdk(String tool) throws Exception {
        String option = tool.equals("jcmd") ? "-h" : "-help";
        ForkedJvm.Outcome plain = ForkedJvm.on(jdk).runTool(tool, option);

        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).agent("log=" + log()).runTool(tool, option);

        assertThat(outcome).isEqualTo(plain);
        assertThat(log()).doesNotExist();
    }

    @Test
    void skips_a_jvm_without_java_sql() throws Exception {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .option("--limit-modules", "java.base,java.instrument")
                .agent("log=" + log())
                .run(Hello.class);

        assertThat(outcome).isEqualTo(new ForkedJvm.Outcome(0, "hello\n", ""));
        assertThat(log()).doesNotExist();
    }

    @Test
    void is_off_by_an_agent_argument() throws Exception {
        assertOff(ForkedJvm.on(jdk).agent("log=" + log() + ",mode=off"));
    }

    @Test
    void is_off_by_a_system_property() throws Exception {
        assertOff(ForkedJvm.on(jdk).option("-Dpoolwright.mode=off").agent("log=" + log()));
    }

    @Test
    void is_off_by_the_environment() throws Exception {
        assertOff(ForkedJvm.on(jdk).environment("POOLWRIGHT_MODE", "OFF").agent("log=" + log()));
    }

    @Test
    void takes_the_agent_argument_before_the_others() throws Exception {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .option("-Dpoolwright.mode=off")
                .agent("mode=pool,log=" + log())
                .run(Hello.class);

        assertThat(outcome).isEqualTo(new ForkedJvm.Outcome(0, "hello\n", ""));
        assertThat(log()).exists();
    }

    private void assertOff(ForkedJvm jvm) throws Exception {
        ForkedJvm.Outcome outcome = jvm.classPathOf(Driver.class, ByteBuddy.class)
                .run(Watched.class, "classPath", TwoConnections.class.getName());

        assertThat(outcome).isEqualTo(new ForkedJvm.Outcome(0, "no hook\n", ""));
        assertThat(Files.exists(log())).isFalse();
    }

    private Path log() {
        return folder.resolve("poolwright.log");
    }
}
