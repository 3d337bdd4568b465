package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.trouble.Undeployed;
import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing of ours keeps an application's classes once it is undeployed. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class UndeployIT {

    private final Path jdk;

    UndeployIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void an_undeployed_application_is_collected_though_it_opened_the_first_connection() throws Exception {
        ForkedJvm.Outcome outcome = SideBySide.quick(jdk)
                .option("-Xmx32m")
                .agent()
                .classPathOf(Driver.class)
                .run(Undeployed.class);

        assertThat(outcome).isEqualTo(new ForkedJvm.Outcome(0, "its classes are gone: true\n", ""));
    }
}
