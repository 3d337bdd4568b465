package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Case;
import dev.poolwright.bench.report.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs a scenario in a JVM of its own and reads what that tells, a line a figure. */
public final class ScenarioRun implements Case {

    private static final String MARK = "figure|";

    private final Scenario scenario;
    private final boolean full;

    private ScenarioRun(Scenario scenario, boolean full) {
        this.scenario = scenario;
        this.full = full;
    }

    /** All scenarios that this Java can run. */
    public static List<ScenarioRun> all(boolean full) {
        return Scenarios.all(full).stream()
                .filter(each -> Runtime.version().feature() >= each.needsJava())
                .map(each -> new ScenarioRun(each, full))
                .toList();
    }

    /** In the JVM of its own: setting, length, rival. */
    public static void main(String[] args) throws Exception {
        Scenario scenario = Scenarios.all(args[1].equals("full")).stream()
                .filter(each -> each.setting().equals(args[0]))
                .findFirst()
                .orElseThrow();
        scenario.run(args[2])
                .forEach((figure, values) -> System.out.println(MARK + figure + "|"
                        + Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" "))));
        System.out.flush();
        Runtime.getRuntime().halt(0); // whatever threads a pool has left behind
    }

    @Override
    public String subject() {
        return scenario.subject();
    }

    @Override
    public String setting() {
        return scenario.setting();
    }

    @Override
    public List<Figure> figures() {
        return scenario.figures();
    }

    @Override
    public String ideal() {
        return scenario.ideal();
    }

    @Override
    public Map<String, double[]> measure(String rival) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(scenario.jvmArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ScenarioRun.class.getName()));
        command.addAll(List.of(scenario.setting(), full ? "full" : "short", rival));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + told);
        }
        Map<String, double[]> values = new LinkedHashMap<>();
        told.lines().filter(line -> line.startsWith(MARK)).forEach(line -> {
            String[] parts = line.split("\\|", -1);
            values.put(
                    parts[1],
                    Arrays.stream(parts[2].split(" ", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray());
        });
        return values;
    }
}
