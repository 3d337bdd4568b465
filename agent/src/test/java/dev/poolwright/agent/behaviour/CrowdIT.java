package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.trouble.Crowd;
import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that borrow, call and close at random, their own and each other's. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class CrowdIT {

    private final Path jdk;

    CrowdIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void no_call_of_a_closed_connection_reaches_the_next_borrower() throws Exception {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).agent().classPathOf(Driver.class).run(Crowd.class, "5000");

        assertThat(outcome.out().lines())
                .containsExactly(
                        "surprises: []",
                        "rows are those that were committed: true",
                        "foreign closes: true",
                        "commits: true");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }
}
