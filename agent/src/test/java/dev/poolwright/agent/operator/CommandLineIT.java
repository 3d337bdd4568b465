package dev.poolwright.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.ForkedJvm.Outcome;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The day of somebody with a terminal, an exhausted pool and a leak. */
class CommandLineIT {

    private static final String ENGINE = "h2:mem:shop@sa";
    private static final String LINE = "com.acme.operated.Shop.open(Shop.java:";

    private final Path jdk = ForkedJvm.jdks().get(ForkedJvm.jdks().size() - 1);

    @Test
    void from_a_question_to_the_line_and_the_remedy() throws Exception {
        try (OperatedJvm shop = OperatedJvm.start(jdk, "pool.size=2,pool.overflow=0,leak.reportAtExit=false")) {
            shop.does("hold 2");
            shop.does("ask");
            OperatedJvm.eventually(
                    "a thread waits", () -> out(shop, "status", "--json").contains("\"waiting\": 1"));

            assertThat(out(shop, "list", "")).contains(shop.pid());
            assertThat(out(shop, "status")).contains("mode pool, 1 engine", ENGINE, "agent argument");
            assertThat(out(shop, "holders")).contains(LINE, "main");
            Outcome doctor = shop.ask("doctor");
            assertThat(doctor.out()).contains(ENGINE + " is exhausted: all 2 connections are lent", LINE, "resize PID");
            assertThat(doctor.exitCode()).isEqualTo(1);

            assertThat(shop.ask("resize", ENGINE + "=2+1").exitCode()).isZero();
            assertThat(out(shop, "status")).contains("pool.overflow of " + ENGINE, "command resize");
            OperatedJvm.eventually(
                    "the thread is served", () -> out(shop, "status", "--json").contains("\"waiting\": 0"));

            Outcome drain = shop.ask("drain", ENGINE, "--wait=0");
            assertThat(drain.exitCode()).isEqualTo(8);
            assertThat(drain.out()).contains("2 still lent");
            shop.does("release");
            Outcome drained = shop.ask("drain");
            assertThat(drained.exitCode()).isZero();
            assertThat(drained.out()).contains("suspended, drained");
            assertThat(shop.ask("doctor").out()).contains("is suspended");
            Outcome refused = shop.ask("set", "leak.traceEvery=3");
            assertThat(refused.exitCode()).isEqualTo(7);
            assertThat(refused.err()).contains(ENGINE + " is suspended", "resume it first");
            assertThat(shop.ask("resume").exitCode()).isZero();
            assertThat(shop.ask("dispose", ENGINE).out()).contains("idle closed");
        }
    }

    @Test
    void who_watches_a_jvm_that_ends_is_told_so_at_once() throws Exception {
        try (OperatedJvm shop = OperatedJvm.start(jdk, "")) {
            shop.does("hold 1");
            Process watch = new ProcessBuilder(
                            jdk.resolve("bin/java").toString(),
                            "-jar",
                            ForkedJvm.AGENT_JAR.toString(),
                            "status",
                            shop.pid(),
                            "--watch=0.2")
                    .start();
            BufferedReader out = watch.inputReader();
            String first = out.readLine();

            shop.kill();

            assertThat(watch.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.exitValue()).isEqualTo(3);
            assertThat(new String(watch.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("JVM " + shop.pid() + " has ended.");
            assertThat(first + out.lines().toList())
                    .as("for no terminal")
                    .startsWith("mode pool, 1 engine")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void a_setting_is_changed_taken_back_and_refused_by_name() throws Exception {
        try (OperatedJvm shop = OperatedJvm.start(jdk, "pool.size=2,pool.kind=auto")) {
            shop.does("hold 1");
            shop.does("others");
            assertThat(shop.ask("doctor").out())
                    .contains("All is well: 3 engines")
                    .contains("h2:mem:embedded@sa is not pooled: an embedded database lives")
                    .contains("lead to the same database (jdbc:h2:mem:shop, user sa)")
                    .contains("jdbc:acme is not pooled: its database is not one of those");

            assertThat(shop.ask("set", "pool.size=7").out()).contains("pool.size: 2 -> 7 (command)");
            assertThat(out(shop, "status", "--json")).contains("\"size\": 7");
            assertThat(shop.ask("set", "pool.size=").out()).contains("pool.size: 7 -> 2 (agent argument)");
            assertThat(out(shop, "set", "engine.a.match=jdbc:h2:*", "engine.a.pool.size=4"))
                    .doesNotContain("not a setting");
            assertThat(out(shop, "status")).contains("pool.size of " + ENGINE, "command, engine.a");

            Outcome unmatched = shop.ask("set", "engine.b.pool.size=4");
            assertThat(unmatched.exitCode()).as(unmatched.out()).isEqualTo(7);
            assertThat(unmatched.err()).contains("engine.b.match");
            assertThat(out(shop, "status")).doesNotContain("ignored");
            Outcome misspelt = shop.ask("set", "pool.sise=3");
            assertThat(misspelt.err()).contains("the nearest one is pool.size");
            assertThat(misspelt.exitCode()).isEqualTo(7);
            Outcome unknown = shop.ask("resize", "nix=3");
            assertThat(unknown.err()).contains("no engine is called", ENGINE);
            assertThat(unknown.exitCode()).isEqualTo(7);
            Outcome late = shop.ask("set", "pool.size=3", "exporter=none");
            assertThat(late.err()).contains("exporter counts when the JVM is started only", "Nothing was changed");
            assertThat(late.exitCode()).isEqualTo(7);
            assertThat(out(shop, "status", "--json")).contains("\"size\": 4").doesNotContain("\"size\": 3");
            assertThat(shop.ask("set", "leak.traceEvery=3").out())
                    .contains(ENGINE + ": closed, made anew", "counts from 0");
            assertThat(OperatedJvm.line(jdk, "holders", "--json", shop.pid()).out())
                    .contains("(closed)", LINE);
        }
    }

    @Test
    void a_leak_is_named_by_its_line_and_a_detached_application_goes_on() throws Exception {
        try (OperatedJvm shop = OperatedJvm.start(jdk, "")) {
            shop.does("leak 3");
            OperatedJvm.eventually("the leaks are found", () -> {
                does(shop, "collect");
                return out(shop, "leaks", "--json").contains("\"leaked\": 3");
            });
            assertThat(out(shop, "leaks")).contains(LINE);
            assertThat(shop.ask("doctor").out()).contains("3 connections acquired at " + LINE, "never closed");
            assertThat(shop.does("kind")).contains("dev.poolwright");

            Outcome detach = shop.ask("detach");

            assertThat(detach.exitCode()).isZero();
            assertThat(detach.out()).contains("goes on with plain connections");
            assertThat(shop.does("kind")).isEqualTo("org.h2.jdbc.JdbcConnection");
            assertThat(out(shop, "status")).contains("mode off, 0 engines");
            assertThat(shop.ask("set", "mode=observe").exitCode()).isZero();
            shop.does("kind");
            assertThat(out(shop, "report")).contains("observed " + ENGINE, "1 connects");
            assertThat(shop.ask("set", "mode=pool").exitCode()).isZero();
            assertThat(shop.does("kind")).contains("dev.poolwright");
        }
    }

    private static String out(OperatedJvm shop, String command, String... more) {
        try {
            Outcome outcome = command.equals("list") ? OperatedJvm.line(shop.jdk(), "list") : shop.ask(command, more);
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
            return outcome.out();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void does(OperatedJvm shop, String what) {
        try {
            shop.does(what);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
