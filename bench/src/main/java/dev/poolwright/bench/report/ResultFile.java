package dev.poolwright.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The numbers of a run for later: one JSON object with the commit, the JDK and the machine, all samples, and under {@code
 * jmh} what JMH itself writes, for the tools that read that.
 */
public final class ResultFile {

    private final Results results;
    private final String jmhJson;
    private final String started;

    /**
     * @param results all samples
     * @param jmhJson an array, as JMH writes it
     * @param started when the run began
     */
    public ResultFile(Results results, String jmhJson, String started) {
        this.results = results;
        this.jmhJson = jmhJson;
        this.started = started;
    }

    /** Writes the file and tells which. */
    public Path write(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        List<String> lines = new ArrayList<>();
        lines.add("{");
        lines.add("\"commit\": " + text(Commit.current()) + ",");
        lines.add("\"jdk\": " + text(Runtime.version() + ", " + System.getProperty("java.vm.name")) + ",");
        lines.add("\"machine\": "
                + text(System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors")
                + ",");
        lines.add("\"started\": " + text(started) + ",");
        lines.add("\"samples\": [");
        lines.add(results.samples().stream().map(ResultFile::sample).collect(Collectors.joining(",\n")));
        lines.add("],");
        // Where the JVM lies says nothing to a reader on another machine.
        lines.add("\"jmh\": " + jmhJson.strip().replaceAll("\"jvm\" : \"[^\"]*\"", "\"jvm\" : \"java\""));
        lines.add("}");
        Files.write(file, lines);
        return file;
    }

    private static String sample(Sample sample) {
        return String.format(
                Locale.ROOT,
                "{\"case\": %s, \"setting\": %s, \"rival\": %s, \"round\": %d, \"foreign\": %s, \"values\": {%s}}",
                text(sample.of().subject()),
                text(sample.of().setting()),
                text(sample.rival()),
                sample.round(),
                number(sample.foreign()),
                sample.values().entrySet().stream().map(ResultFile::values).collect(Collectors.joining(", ")));
    }

    private static String values(Map.Entry<String, double[]> values) {
        return text(values.getKey()) + ": "
                + Arrays.stream(values.getValue())
                        .mapToObj(ResultFile::number)
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "null";
    }

    private static String text(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
