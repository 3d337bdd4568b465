package dev.poolwright.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromisesTest {

    @Test
    void a_run_that_goes_well_breaks_none() {
        assertThat(Promises.broken(Runs.before(), Runs.after())).isEmpty();
    }

    @Test
    void two_runs_without_the_agent_break_what_the_agent_is_for() {
        assertThat(Promises.broken(Runs.before(), Runs.before()))
                .containsExactly(
                        "With the agent 4805 connections were opened, more than a tenth of 4805.",
                        "4220 commits, but 0 COMMIT spans.",
                        "No flush has a span.",
                        "The line that forgets its connections was not named.");
    }

    @Test
    void a_commit_without_a_span_is_one_too_few() {
        assertThat(Promises.broken(Runs.before(), Runs.after(Map.of(Runs.SITE, 40L), 4219)))
                .containsExactly("4220 commits, but 4219 COMMIT spans.");
    }

    @Test
    void a_leak_elsewhere_and_a_leak_not_reported_are_said() {
        Measurement after =
                Runs.after(Map.of(Runs.SITE, 39L, "com.acme.orders.desk.OrderDao.place(OrderDao.java:9)", 1L), 4220);

        assertThat(Promises.broken(Runs.before(), after))
                .containsExactly(
                        "A leak was reported where there is none: com.acme.orders.desk.OrderDao.place(OrderDao.java:9).",
                        "40 connections were forgotten, but 39 leaks reported.");
    }

    @Test
    void a_session_that_is_not_the_pools_is_left_open() {
        Measurement after =
                Runs.run(9, 7, 5, List.of(), Map.of(Runs.SITE, 40L), Map.of("COMMIT", 4220L, "Session.flush", 1L));

        assertThat(Promises.broken(Runs.before(), after))
                .containsExactly("7 sessions were open 5 s after the work, but the engine keeps 5 idle: 2 too many.");
    }

    @Test
    void any_output_but_leaks_on_stderr_is_a_broken_promise() {
        Measurement noisy = Runs.run(9, 0, 0, List.of("SLF4J: hello"), Map.of(), Map.of());

        assertThat(Promises.brokenBy("before", noisy))
                .containsExactly("before: unexpected output on stderr: SLF4J: hello");
    }
}
