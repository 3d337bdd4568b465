package dev.poolwright.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the agent saw of one run of a program of {@code com.acme.sessions}. */
final class Seen {

    private static final Pattern NUMBER = Pattern.compile("poolwright\\.flush\\.(\\w+)=(\\w+)");
    private static final Pattern STEP =
            Pattern.compile("metric poolwright\\.session\\.operation\\.duration count=(\\d+) .*");

    final ForkedJvm.Outcome outcome;

    private Seen(ForkedJvm.Outcome outcome) {
        this.outcome = outcome;
    }

    /** The agent as these programs run with it. */
    static ForkedJvm agent(ForkedJvm jvm, Path log) {
        return jvm.agent("exporter=console,span.wait=off,log=" + log);
    }

    /** Runs it to its end; the first argument is the agent's log file. */
    static Seen run(ForkedJvm jvm, Path log, Class<?> program, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(log.toString()));
        all.addAll(List.of(arguments));
        ForkedJvm.Outcome outcome = jvm.run(program, all.toArray(String[]::new));
        assertThat(outcome.out()).as(outcome.err()).contains("done").doesNotContain("never seen");
        assertThat(outcome.exitCode()).isZero();
        return new Seen(outcome);
    }

    List<String> out() {
        return outcome.out().lines().toList();
    }

    /** Each flush span: mode, inserts, updates, deletes, collections, and statements where they are known. */
    List<String> flushes(String span) {
        return outcome.err()
                .lines()
                .filter(line -> line.startsWith("span " + span + " "))
                .map(Seen::flush)
                .toList();
    }

    private static String flush(String line) {
        Map<String, String> numbers = new TreeMap<>();
        for (Matcher matcher = NUMBER.matcher(line); matcher.find(); ) {
            numbers.put(matcher.group(1), matcher.group(2));
        }
        String statements = numbers.get("statements");
        return String.join(
                " ",
                numbers.get("mode"),
                numbers.get("inserts"),
                numbers.get("updates"),
                numbers.get("deletes"),
                numbers.get("collections") + (statements == null ? "" : " in " + statements));
    }

    long spans(String start) {
        return outcome.err()
                .lines()
                .filter(line -> line.startsWith("span " + start + " "))
                .count();
    }

    /** How often a kind of session did what, told when the JVM ends. */
    Map<String, Integer> steps() {
        Map<String, Integer> steps = new TreeMap<>();
        outcome.err().lines().map(STEP::matcher).filter(Matcher::matches).forEach(matcher -> {
            String line = matcher.group();
            steps.merge(
                    attribute(line, "type") + " " + attribute(line, "operation"),
                    Integer.parseInt(matcher.group(1)),
                    Math::max);
        });
        return steps;
    }

    private static String attribute(String line, String name) {
        Matcher matcher =
                Pattern.compile("poolwright\\.session\\." + name + "=(\\w+)").matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }

    /** The leaks of sessions are those of the program's lines, each once, and no others; that in the map is held. */
    void assertLeaks(String what) {
        for (String shape : List.of("dropped", "exception", "thread")) {
            assertThat(warnings("[PW-202]"))
                    .filteredOn(line -> line.contains(
                                    "leak: " + what + " was never closed: opened at com.acme.sessions." + lineOf(shape))
                            && line.contains(" by thread " + (shape.equals("thread") ? "worker" : "main")))
                    .as(shape)
                    .hasSize(1);
        }
        assertThat(warnings("[PW-202]")).hasSize(3);
        assertThat(warnings("[PW-203]"))
                .singleElement()
                .asString()
                .contains("1 x " + what + " never closed: com.acme.sessions." + lineOf("map") + " < ")
                .endsWith(" (1). [PW-203]");
    }

    /** Where the program says that it opened a session which it did not close. */
    private String lineOf(String shape) {
        return out().stream()
                .filter(line -> line.startsWith(shape + " opened at "))
                .findFirst()
                .orElseThrow()
                .substring((shape + " opened at ").length());
    }

    List<String> warnings(String code) {
        return outcome.err()
                .lines()
                .filter(line -> line.startsWith("[poolwright]") && line.endsWith(code))
                .toList();
    }

    /** What the agent said, but leaks. */
    List<String> otherWarnings() {
        return outcome.err()
                .lines()
                .filter(line -> line.startsWith("[poolwright]") && !line.matches(".*\\[PW-20[123]]"))
                .toList();
    }
}
