package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.trouble.Ephemeral;
import com.acme.trouble.Queue;
import com.acme.trouble.Visitors;
import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator sets, rightly and wrongly. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class LimitsIT {

    private final Path jdk;

    LimitsIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void a_cap_makes_others_wait_and_tells_them_why_in_numbers() throws Exception {
        ForkedJvm.Outcome outcome = SideBySide.quick(jdk)
                .agent("pool.overflow=0,pool.size=1,pool.checkoutTimeout=300ms")
                .classPathOf(Driver.class)
                .run(Queue.class);

        List<String> out = outcome.out().lines().toList();
        assertThat(out).hasSize(2);
        assertThat(out.get(0))
                .startsWith("true java.sql.SQLTransientConnectionException 08001 ")
                .contains("h2:mem:queue")
                .contains("no connection within 300 ms")
                .contains("Size 1 + overflow 0, 1 leased, 0 idle")
                .contains("com.acme.trouble.Queue.open(Queue.java:")
                .contains("thread main")
                .endsWith("[PW-101]");
        assertThat(out.get(1)).isEqualTo("valid: true");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void ten_thousand_virtual_threads_share_five_connections_and_one_carrier() throws Exception {
        ForkedJvm jvm = ForkedJvm.on(jdk).agent("pool.size=5,pool.overflow=0").classPathOf(Driver.class);
        jvm.option("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1");

        ForkedJvm.Outcome outcome = jvm.run(Visitors.class);

        assertThat(outcome)
                .isEqualTo(new ForkedJvm.Outcome(0, "all were served: true\nat most five at once: true\n", ""));
    }

    @Test
    void the_kind_of_pool_is_the_operator_s_choice_where_he_makes_one() throws Exception {
        assertThat(ephemeral("log=")).isEqualTo("tables: 0\ntwo at once: true\n");
        assertThat(ephemeral("pool.kind=queue,reset=never")).isEqualTo("tables: 1\ntwo at once: true\n");
        assertThat(ephemeral("pool.kind=static,pool.checkoutTimeout=100ms"))
                .startsWith("tables: 1\ntwo at once: ")
                .contains("[PW-101]");
        assertThat(ephemeral("pool.kind=assertion,reset=never"))
                .startsWith("tables: 1\ntwo at once: ")
                .contains("acquired at com.acme.trouble.Ephemeral.open(Ephemeral.java:")
                .contains("[PW-105]");
    }

    private String ephemeral(String arguments) throws Exception {
        return SideBySide.quick(jdk)
                .agent(arguments)
                .classPathOf(Driver.class)
                .run(Ephemeral.class)
                .out();
    }

    @Test
    void without_a_cap_nobody_waits() throws Exception {
        SideBySide.run(jdk, (jvm, name) -> jvm.classPathOf(Driver.class).run(Queue.class))
                .assertIdentical();
    }

    @Test
    void a_misspelt_setting_is_named_with_the_nearest_one() throws Exception {
        ForkedJvm.Outcome outcome = SideBySide.quick(jdk)
                .option("-Dpoolwright.lek.trace=true")
                .environment("POOLWRIGHT_POOL_SISE", "7")
                .agent("pool.overflw=0")
                .classPathOf(Driver.class)
                .run(Queue.class);

        assertThat(outcome.out()).isEqualTo("valid: true\nvalid: true\n");
        assertThat(outcome.err().lines())
                .containsExactlyInAnyOrder(
                        "[poolwright] WARN pool.overflw (agent argument) is not a setting; the nearest one is"
                                + " pool.overflow.",
                        "[poolwright] WARN poolwright.lek.trace (system property) is not a setting; the nearest one is"
                                + " poolwright.leak.trace.",
                        "[poolwright] WARN POOLWRIGHT_POOL_SISE (environment) is not a setting; the nearest one is"
                                + " POOLWRIGHT_POOL_SIZE.");
    }
}
