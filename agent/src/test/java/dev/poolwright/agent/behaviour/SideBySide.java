package dev.poolwright.agent.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One program in two JVMs at once, without the agent and with it, and what each printed: lines {@code section | step:
 * outcome}, and {@code # section | what: number} for what the agent is there to change.
 */
public final class SideBySide {

    /** Runs the program in a prepared JVM; {@code name} is {@code plain} or {@code agent}, for a place of its own. */
    public interface Program {
        ForkedJvm.Outcome run(ForkedJvm jvm, String name) throws Exception;
    }

    private static final String PLAIN = "plain";
    private static final String AGENT = "agent";

    private final ForkedJvm.Outcome plain;
    private final ForkedJvm.Outcome agent;

    private SideBySide(ForkedJvm.Outcome plain, ForkedJvm.Outcome agent) {
        this.plain = plain;
        this.agent = agent;
    }

    public static SideBySide run(Path jdk, Program program) throws Exception {
        FutureTask<ForkedJvm.Outcome> plain = new FutureTask<>(() -> program.run(quick(jdk), PLAIN));
        new Thread(plain, PLAIN).start();
        ForkedJvm.Outcome agent = program.run(quick(jdk).agent(), AGENT);
        try {
            return new SideBySide(plain.get(), agent);
        } catch (ExecutionException failed) {
            throw new AssertionError("the plain run", failed.getCause());
        }
    }

    /** Short programs spend their time on starting. */
    public static ForkedJvm quick(Path jdk) {
        return ForkedJvm.on(jdk).option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    /** Every step of the section had the same outcome. */
    public void assertSame(String section) {
        List<String> expected = lines(plain, section + " | ", PLAIN);
        assertThat(expected).isNotEmpty();
        assertThat(lines(agent, section + " | ", AGENT)).isEqualTo(expected);
    }

    /** Nothing is on stderr that would not be there without the agent, and both ended well. */
    public void assertQuiet() {
        assertThat(agent.err()).isEqualTo(plain.err());
        assertThat(plain.exitCode()).isZero();
        assertThat(agent.exitCode()).isZero();
    }

    /** Everything is the same to the byte. */
    public void assertIdentical() {
        assertThat(agent).isEqualTo(plain);
        assertThat(plain.exitCode()).isZero();
    }

    /** Everything on stdout is the same; a library wrote the time of day to stderr. */
    public void assertSameOutput() {
        assertThat(agent.out()).isEqualTo(plain.out());
        assertThat(agent.err()).doesNotContain("poolwright");
        assertThat(plain.exitCode()).isZero();
        assertThat(agent.exitCode()).isZero();
    }

    /** The lines of a section with the agent, the place's name made the same. */
    public List<String> withAgent(String section) {
        return lines(agent, section + " | ", AGENT);
    }

    public List<String> withoutAgent(String section) {
        return lines(plain, section + " | ", PLAIN);
    }

    /** What was counted without the agent. */
    public int countWithout(String section, String what) {
        return count(plain, PLAIN, section, what);
    }

    /** What was counted with it. */
    public int countWith(String section, String what) {
        return count(agent, AGENT, section, what);
    }

    private static int count(ForkedJvm.Outcome outcome, String name, String section, String what) {
        String start = "# " + section + " | " + what + ": ";
        List<String> found = lines(outcome, start, name);
        assertThat(found).as(start).hasSize(1);
        return Integer.parseInt(found.get(0).substring(start.length()));
    }

    private static List<String> lines(ForkedJvm.Outcome outcome, String start, String name) {
        return outcome.out()
                .lines()
                .map(line -> line.replace(name, "here"))
                .filter(line -> line.startsWith(start))
                .toList();
    }
}
