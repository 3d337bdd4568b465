package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.trouble.ForgetfulApplication;
import com.acme.trouble.StatementHoarder;
import com.acme.trouble.ThinkingApplication;
import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to connections and statements that are never closed. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class LeakIT {

    private final Path jdk;

    LeakIT(Path jdk) {
        this.jdk = jdk;
    }

    private ForkedJvm smallHeap() {
        return SideBySide.quick(jdk).option("-Xmx32m").classPathOf(Driver.class);
    }

    @Test
    void a_forgotten_connection_is_rolled_back_and_named_and_one_in_use_by_a_child_is_not() throws Exception {
        ForkedJvm.Outcome outcome = smallHeap().agent().run(ForgetfulApplication.class);

        List<String> out = outcome.out().lines().toList();
        assertThat(out.get(0)).matches("forgotten at ForgetfulApplication\\.java:\\d+");
        String line = out.get(0).substring("forgotten at ".length());
        assertThat(out.subList(1, out.size()))
                .containsExactly(
                        "its balance: 101",
                        "the row is free: true",
                        "by the statement: 100",
                        "by the rows: 2",
                        "by the connection: false");
        List<String> err = outcome.err().lines().toList();
        assertThat(err).hasSize(2);
        assertThat(err.get(0))
                .startsWith("[poolwright] WARN leak: connection of ")
                .contains("never closed: acquired at com.acme.trouble.ForgetfulApplication.forget(" + line
                        + ") < com.acme.trouble.ForgetfulApplication.main(ForgetfulApplication.java:")
                .contains(") by thread main, held ")
                .endsWith("; rolled back and reclaimed. [PW-201]");
        assertThat(err.get(1))
                .startsWith("[poolwright] WARN at exit: 3 x connection of ")
                .contains("com.acme.trouble.ForgetfulApplication.open(ForgetfulApplication.java:")
                .endsWith(" (1). [PW-203]"); // each of the three has another caller
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void a_leak_without_a_trace_says_why_its_line_is_unknown() throws Exception {
        ForkedJvm.Outcome outcome = smallHeap().agent("leak.trace=false").run(ForgetfulApplication.class);

        assertThat(outcome.out()).contains("the row is free: true");
        assertThat(outcome.err().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("an unknown line (poolwright.leak.trace and "));
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void a_connection_that_is_kept_and_not_used_is_taken_back_where_a_time_is_set() throws Exception {
        ForkedJvm.Outcome outcome = smallHeap().agent("leak.reclaimAfter=1s").run(ThinkingApplication.class);

        String line = "com.acme.trouble.ThinkingApplication.begin(ThinkingApplication.java:";
        List<String> out = outcome.out().lines().toList();
        assertThat(out).hasSize(3);
        assertThat(out.get(0)).isEqualTo("closed: true");
        assertThat(out.get(1))
                .startsWith("08003 ")
                .contains("without a call (poolwright.leak.reclaimAfter). It was acquired at " + line)
                .endsWith("[PW-204]");
        assertThat(out.get(2)).isEqualTo("rows: 0");
        assertThat(outcome.err().lines().toList())
                .singleElement()
                .asString()
                .startsWith("[poolwright] WARN leak: connection of ")
                .contains(" was no longer used: acquired at " + line)
                .endsWith("; rolled back and taken away (poolwright.leak.reclaimAfter). [PW-204]");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void a_hoard_of_statements_fits_into_the_heap_as_before_and_its_line_is_named() throws Exception {
        ForkedJvm.Outcome plain = smallHeap().run(StatementHoarder.class);
        ForkedJvm.Outcome agent = smallHeap().agent().run(StatementHoarder.class);

        assertThat(agent.out()).isEqualTo(plain.out());
        assertThat(agent.exitCode()).isZero();
        List<String> err = agent.err().lines().toList();
        assertThat(err)
                .hasSizeBetween(1, 3)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("[poolwright] WARN leak: ")
                        .contains(" statements of one connection of h2:mem:hoard@sa ")
                        .contains(
                                " opened at com.acme.trouble.StatementHoarder.main(StatementHoarder.java:20) by thread main")
                        .endsWith(". [PW-205]"));
        assertThat(err.get(0)).containsPattern("WARN leak: 2[56]\\d statements "); // one in 16 is looked at by then
    }
}
