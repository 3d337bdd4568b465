package dev.poolwright.bench.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * How much later a program that opens two H2 connections is done with an agent than without, in milliseconds: in turn
 * without, with one that does nothing, and with each of those named.
 *
 * <pre>java -cp bench/target/bench.jar dev.poolwright.bench.startup.Startup
 *     --agent=agent/target/poolwright.jar [--agent=other.jar] [--jdk=home] [--rounds=21]</pre>
 *
 * <p>{@code wall} is from the start of the process to its end and good on a machine that does nothing else. {@code main} is
 * the processor time of the thread that starts the JVM and runs {@code main}: nearly all that wall time consists of, and
 * still good where other programs run. Linux tells it; elsewhere it is left out.
 */
public final class Startup {

    private final Path jdk;
    private final Path program;
    private final Map<String, List<String>> contestants = new LinkedHashMap<>();
    private final Map<String, List<Double>> wall = new LinkedHashMap<>();
    private final Map<String, List<Double>> main = new LinkedHashMap<>();

    private Startup(Path jdk, List<Path> agents) throws IOException {
        this.jdk = jdk;
        this.program = program();
        contestants.put("none", List.of());
        contestants.put("empty agent", List.of("-javaagent:" + emptyAgent()));
        for (Path agent : agents) {
            contestants.put(agent.getFileName().toString(), List.of("-javaagent:" + agent.toAbsolutePath()));
        }
    }

    /**
     * Measures and prints.
     *
     * @param arguments see the class
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Path> agents = new ArrayList<>();
        Path jdk = Path.of(System.getProperty("java.home"));
        int rounds = 21;
        for (String argument : arguments) {
            if (argument.startsWith("--agent=") && Files.isRegularFile(Path.of(argument.substring(8)))) {
                agents.add(Path.of(argument.substring(8)));
            } else if (argument.startsWith("--jdk=") && Files.isDirectory(Path.of(argument.substring(6)))) {
                jdk = Path.of(argument.substring(6));
            } else if (argument.startsWith("--rounds=")) {
                rounds = Integer.parseInt(argument.substring(9));
            } else {
                System.err.println("Not an option, or no such file: " + argument);
                System.err.println("Options: --agent=<poolwright.jar>, --jdk=<home>, --rounds=<number>");
                System.exit(2);
            }
        }
        Startup startup = new Startup(jdk, agents);
        startup.round(); // the files are in memory then
        startup.wall.clear();
        startup.main.clear();
        for (int i = 0; i < rounds; i++) {
            startup.round();
        }
        startup.print(rounds);
    }

    private void round() throws IOException, InterruptedException {
        for (Map.Entry<String, List<String>> contestant : contestants.entrySet()) {
            List<String> command =
                    new ArrayList<>(List.of(jdk.resolve("bin").resolve("java").toString()));
            command.addAll(contestant.getValue());
            command.addAll(List.of("-cp", program.toString(), TwoConnections.class.getName()));
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line;
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                line = out.readLine();
            }
            if (process.waitFor() != 0 || line == null) {
                throw new IllegalStateException("failed: " + command);
            }
            add(wall, contestant.getKey(), System.nanoTime() - start);
            add(main, contestant.getKey(), Long.parseLong(line));
        }
    }

    private static void add(Map<String, List<Double>> to, String contestant, long nanos) {
        to.computeIfAbsent(contestant, name -> new ArrayList<>()).add(nanos / 1e6);
    }

    private void print(int rounds) {
        System.out.println(jdk + ", median and least of " + rounds);
        System.out.printf(
                "%-20s %10s %8s %8s %10s %8s %8s%n", "agent", "wall", "added", "least", "main", "added", "least");
        for (String contestant : contestants.keySet()) {
            System.out.printf("%-20s%s%s%n", contestant, columns(wall, contestant), columns(main, contestant));
        }
    }

    private static String columns(Map<String, List<Double>> figures, String contestant) {
        List<Double> mine = figures.getOrDefault(contestant, List.of());
        double median = median(mine);
        double least = Collections.min(mine);
        if (least < 0) {
            return "";
        }
        List<Double> without = figures.getOrDefault("none", List.of());
        return String.format(
                Locale.ROOT,
                " %10.0f %+8.0f %+8.0f",
                median,
                median - median(without),
                least - Collections.min(without));
    }

    private static double median(List<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** A jar with the program and H2 alone: this one has the drivers of all rivals, which DriverManager would load. */
    private static Path program() throws IOException {
        Path jar = Files.createTempFile("two-connections", ".jar");
        jar.toFile().deleteOnExit();
        URL mine = Startup.class.getProtectionDomain().getCodeSource().getLocation();
        try (JarInputStream in = new JarInputStream(mine.openStream());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                if (entry.getName().startsWith("org/h2/") || entry.getName().equals(file(TwoConnections.class))) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry("META-INF/services/java.sql.Driver"));
            out.write("org.h2.Driver".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static String file(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    /** A jar with nothing but {@link EmptyAgent}. */
    private static Path emptyAgent() throws IOException {
        Path jar = Files.createTempFile("empty-agent", ".jar");
        jar.toFile().deleteOnExit();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", EmptyAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        String file = file(EmptyAgent.class);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream bytes = Startup.class.getClassLoader().getResourceAsStream(file)) {
            out.putNextEntry(new JarEntry(file));
            bytes.transferTo(out);
        }
        return jar;
    }
}
