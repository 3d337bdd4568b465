package dev.poolwright.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import dev.poolwright.agent.ForkedJvm.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the doctor says of a JVM in which all that is, one after the other. {@link CommandLineIT} has the rest. */
class DoctorIT {

    private static final String ENGINE = "h2:mem:shop@sa";
    private static final String LINE = "com.acme.operated.Shop.";

    private final Path jdk = ForkedJvm.jdks().get(ForkedJvm.jdks().size() - 1);

    @Test
    void each_finding_is_said_with_what_to_do() throws Exception {
        try (OperatedJvm shop =
                OperatedJvm.start(jdk, "pool.size=2,pool.sise=3,leak.openStatements=10,leak.reportAtExit=false")) {
            shop.does("hold 3");
            Outcome crowded = shop.ask("doctor");
            assertThat(crowded.exitCode()).as("a setting is ignored").isEqualTo(1);
            assertThat(crowded.out())
                    .contains(
                            "! A setting is ignored: pool.sise (agent argument) is not a setting; the nearest one is pool.size.")
                    .contains("- " + ENGINE + " lends up to 3 at once and keeps 2", "set PID pool.size=3.")
                    .contains("a thread that had a connection asked for another 2 times, " + LINE, "[PW-301]");
            shop.does("release");

            shop.does("uncommitted");
            shop.does("session");
            shop.does("statements 30");
            OperatedJvm.eventually("the statements are found", () -> leaks(shop).contains("Shop.statements("));
            assertThat(shop.ask("resize", ENGINE + "=20").exitCode()).isZero();
            shop.does("hold 12");
            shop.does("release");
            assertThat(shop.ask("doctor").out())
                    .contains(
                            LINE + "uncommitted(Shop.java:",
                            " has closed a connection with uncommitted changes 1 times",
                            "[PW-206]")
                    .contains("1 connections closed instead, because of {", "set @tenant")
                    .contains("statements opened at " + LINE + "statements(Shop.java:", "[PW-205]")
                    .containsPattern("may be too large: 1\\d are idle and at most 0 were lent at once")
                    .contains("resize PID " + ENGINE + "=1.");

            shop.ask("set", "pool.kind=null");
            shop.does("kind");
            assertThat(shop.ask("doctor").out()).contains(ENGINE + " is not pooled: pool.kind says so.");
            shop.ask("set", "mode=observe");
            assertThat(shop.ask("doctor").out()).contains("The mode is observe: nothing is pooled. report PID says");
            shop.ask("set", "mode=off");
            assertThat(shop.ask("doctor").out()).contains("The mode is off: the application has plain connections.");
        }
    }

    private static String leaks(OperatedJvm shop) {
        try {
            shop.does("collect");
            shop.does("statements 8"); // those before are looked at
            return shop.ask("leaks").out();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
