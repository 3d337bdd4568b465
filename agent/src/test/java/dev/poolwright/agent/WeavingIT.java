package dev.poolwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.AttachedWhileRunning;
import com.acme.EveryEntry;
import com.acme.OtherAgent;
import com.acme.TwoConnections;
import com.acme.Watched;
import java.nio.file.Path;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the hook hears of every connection, whoever loads the driver and whoever else weaves. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class WeavingIT {

    private static final String EVERY_ENTRY = """
            dataSourceEntered JdbcDataSource
            dataSourceConnected JdbcDataSource
            dataSourceLeft JdbcDataSource
            dataSourceEntered JdbcDataSource
            dataSourceConnected JdbcDataSource
            dataSourceLeft JdbcDataSource
            rawEntered
            rawLeft
            rawEntered
            rawEntered
            rawLeft
            rawLeft
            dataSourceEntered EveryEntry
            dataSourceEntered EveryEntry
            driverManagerEntered
            connecting Driver
            driverEntered Driver
            driverConnected Driver
            driverLeft Driver
            connected
            driverManagerLeft
            dataSourceConnected EveryEntry
            dataSourceLeft EveryEntry
            dataSourceConnected EveryEntry
            dataSourceLeft EveryEntry
            driverManagerEntered
            connecting Driver
            driverEntered Driver
            driverConnected Driver
            driverLeft Driver
            connected
            driverManagerLeft
            driverManagerEntered
            connecting Driver
            driverEntered Driver
            driverLeft Driver
            driverManagerLeft
            driverEntered Driver
            driverConnected Driver
            driverLeft Driver
            driverGone Driver
            """;

    private static final String TWICE = """
            1
            2
            driverManagerEntered
            connecting Driver
            driverEntered Driver
            driverConnected Driver
            driverLeft Driver
            connected
            driverManagerLeft
            driverManagerEntered
            connecting Driver
            driverEntered Driver
            driverConnected Driver
            driverLeft Driver
            connected
            driverManagerLeft
            """;

    private final Path jdk;

    WeavingIT(Path jdk) {
        this.jdk = jdk;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classPath", "fatJar", "osgi"})
    void hears_of_every_entry_in_a_class_loader_like(String shape) throws Exception {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .agent()
                .classPathOf(Driver.class, ByteBuddy.class)
                .run(
                        Watched.class,
                        shape,
                        EveryEntry.class.getName(),
                        ForkedJvm.home(EveryEntry.class).toString(),
                        ForkedJvm.home(Driver.class).toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo("No suitable driver found for jdbc:nobody:knows\ndone\n" + EVERY_ENTRY);
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void survives_a_later_agent_that_retransforms_driver_manager(@TempDir Path folder) throws Exception {
        Path other = Jars.of(folder, OtherAgent.class);

        ForkedJvm.Outcome outcome = watched(ForkedJvm.on(jdk).agent().agent(other, "retransform"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(TWICE);
    }

    @Test
    void weaves_a_driver_manager_that_an_earlier_agent_loaded(@TempDir Path folder) throws Exception {
        Path other = Jars.of(folder, OtherAgent.class);

        ForkedJvm.Outcome outcome =
                watched(ForkedJvm.on(jdk).agent(other, "retransform").agent().agent(other, "retransform"));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(TWICE);
    }

    @Test
    void weaves_once_when_given_twice(@TempDir Path folder) throws Exception {
        Path copy = Jars.copy(folder);

        ForkedJvm.Outcome outcome = watched(ForkedJvm.on(jdk).agent().agent().agent(copy, ""));

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(TWICE);
    }

    @Test
    void weaves_a_running_application_it_is_attached_to() throws Exception {
        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk)
                .option("-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true")
                .classPathOf(Driver.class, ByteBuddy.class, ByteBuddyAgent.class)
                .run(AttachedWhileRunning.class, ForkedJvm.AGENT_JAR.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo("""
                driverManagerEntered
                connecting Driver
                driverEntered Driver
                driverConnected Driver
                driverLeft Driver
                connected
                driverManagerLeft
                driverEntered Driver
                driverConnected Driver
                driverLeft Driver
                dataSourceEntered JdbcDataSource
                dataSourceConnected JdbcDataSource
                dataSourceLeft JdbcDataSource
                rawEntered
                rawLeft
                """);
    }

    private static ForkedJvm.Outcome watched(ForkedJvm jvm) throws Exception {
        return jvm.classPathOf(Driver.class, ByteBuddy.class)
                .run(Watched.class, "classPath", TwoConnections.class.getName());
    }
}
