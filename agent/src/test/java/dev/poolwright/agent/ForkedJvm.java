package dev.poolwright.agent;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of a program in a JVM of its own: options are collected, {@link #run} waits for the end and hands out what was
 * printed. Runs on the JDKs named by the environment variable POOLWRIGHT_TEST_JDKS (home folders, separated as in a
 * class path), else on the one that runs the tests.
 */
public final class ForkedJvm {

    /** What the process left. */
    public record Outcome(int exitCode, String out, String err) {}

    /** The folder of the packaged jar. */
    public static final Path TARGET =
            Path.of(System.getProperty("poolwright.target", "target")).toAbsolutePath();

    /** The jar as it ships. */
    public static final Path AGENT_JAR = TARGET.resolve("poolwright.jar");

    private static final long TIMEOUT_SECONDS = 90;

    private final Path jdk;
    private final List<String> options = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private long timeoutSeconds = TIMEOUT_SECONDS;

    private ForkedJvm(Path jdk) {
        this.jdk = jdk;
    }

    /** The JDKs every integration test runs on. */
    public static List<Path> jdks() {
        String homes = System.getenv("POOLWRIGHT_TEST_JDKS");
        if (homes == null || homes.isBlank()) {
            homes = System.getProperty("POOLWRIGHT_TEST_JDKS", System.getProperty("java.home"));
        }
        return Stream.of(homes.split(File.pathSeparator))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .toList();
    }

    public static ForkedJvm on(Path jdk) {
        return new ForkedJvm(jdk);
    }

    /** 17, 25 ... */
    public static int featureOf(Path jdk) {
        Properties release = new Properties();
        try (var in = Files.newInputStream(jdk.resolve("release"))) {
            release.load(in);
        } catch (IOException unreadable) {
            throw new IllegalStateException(jdk + " is no JDK", unreadable);
        }
        return Runtime.Version.parse(release.getProperty("JAVA_VERSION").replace("\"", ""))
                .feature();
    }

    /** The file or folder a class was loaded from, for a class path. */
    public static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The jar as it ships, without arguments. */
    public ForkedJvm agent() {
        return agent(AGENT_JAR, "");
    }

    public ForkedJvm agent(String arguments) {
        return agent(AGENT_JAR, arguments);
    }

    public ForkedJvm agent(Path jar, String arguments) {
        return option("-javaagent:" + jar + (arguments.isEmpty() ? "" : "=" + arguments));
    }

    public ForkedJvm option(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** How long it may run, if that is more than usual. */
    public ForkedJvm within(Duration longest) {
        timeoutSeconds = longest.toSeconds();
        return this;
    }

    public ForkedJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds what these classes were loaded from. */
    public ForkedJvm classPathOf(Class<?>... types) {
        for (Class<?> type : types) {
            classPath.add(home(type).toString());
        }
        return this;
    }

    public ForkedJvm classPath(Path... elements) {
        for (Path element : elements) {
            classPath.add(element.toString());
        }
        return this;
    }

    /** Runs a main class; the folder or jar it came from is on the class path. */
    public Outcome run(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return runIn(home(main), main, arguments);
    }

    /** Runs a main class of a given folder or jar. */
    public Outcome runIn(Path home, Class<?> main, String... arguments) throws IOException, InterruptedException {
        classPath.add(home.toString());
        List<String> command = command("java");
        command.addAll(options);
        command.add("-cp");
        command.add(classPath.stream().distinct().collect(Collectors.joining(File.pathSeparator)));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Runs a jar's main class. */
    public Outcome runJar(Path jar, String... arguments) throws IOException, InterruptedException {
        List<String> command = command("java");
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Runs a module's main class; the options say where modules are. */
    public Outcome runModule(String module, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = command("java");
        command.addAll(options);
        command.addAll(List.of("-m", module + "/" + main.getName()));
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** Runs a tool of the JDK; the options go to its JVM. */
    public Outcome runTool(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = command(tool);
        options.forEach(option -> command.add("-J" + option));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private List<String> command(String tool) {
        return new ArrayList<>(List.of(jdk.resolve("bin").resolve(tool).toString()));
    }

    private Outcome start(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("forked", ".out");
        Path err = Files.createTempFile("forked", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("POOLWRIGHT_"));
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " did not end in " + timeoutSeconds + " s, out: "
                        + Files.readString(out) + ", err: " + Files.readString(err));
            }
            recordJdk();
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Leaves a file by which the build can tell that this JDK was really used. */
    private void recordJdk() throws IOException {
        Path folder = Files.createDirectories(TARGET.resolve("jdks"));
        Files.write(folder.resolve(Integer.toString(featureOf(jdk))), new byte[0]);
    }
}
