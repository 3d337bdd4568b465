package dev.poolwright.agent.operator;

import com.acme.operated.Shop;
import dev.poolwright.agent.ForkedJvm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.ibatis.session.SqlSession;
import org.h2.Driver;

/** A JVM with the {@link Shop} in it, and the command line that asks it: both as an operator has them. */
final class OperatedJvm implements AutoCloseable {

    private final Path jdk;
    private final Process process;
    private final Path err;
    private final BufferedReader out;
    private final BufferedWriter in;

    private OperatedJvm(Path jdk, List<String> options, String... arguments) throws IOException {
        this.jdk = jdk;
        List<String> command = new ArrayList<>();
        command.add(jdk.resolve("bin/java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(ForkedJvm.home(Shop.class) + ":" + ForkedJvm.home(Driver.class) + ":"
                + ForkedJvm.home(SqlSession.class));
        command.add(Shop.class.getName());
        command.addAll(List.of(arguments));
        err = Files.createTempFile("operated", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("POOLWRIGHT_"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        process = builder.start();
        out = process.inputReader();
        in = process.outputWriter();
    }

    /** @param settings of the agent, or null: it is not there */
    static OperatedJvm start(Path jdk, String settings, String... options) throws IOException {
        return new OperatedJvm(jdk, options(settings, options));
    }

    static OperatedJvm startOn(Path jdk, String settings, String url, String password) throws IOException {
        return new OperatedJvm(jdk, options(settings), url, password);
    }

    private static List<String> options(String settings, String... more) {
        List<String> options = new ArrayList<>(List.of("-Xmx128m"));
        options.addAll(List.of(more));
        if (settings != null) {
            options.add("-javaagent:" + ForkedJvm.AGENT_JAR + (settings.isEmpty() ? "" : "=" + settings));
        }
        return options;
    }

    Path jdk() {
        return jdk;
    }

    String pid() {
        return Long.toString(process.pid());
    }

    /** What the shop says when it has done that. */
    String does(String what) throws IOException {
        in.write(what + "\n");
        in.flush();
        String said = out.readLine();
        if (said == null) {
            throw new AssertionError("the JVM has ended: " + stderr());
        }
        return said;
    }

    /** A command about this JVM. */
    ForkedJvm.Outcome ask(String command, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command, pid()));
        words.addAll(List.of(more));
        return line(jdk, words.toArray(String[]::new));
    }

    /** The command line. */
    static ForkedJvm.Outcome line(Path jdk, String... words) throws IOException, InterruptedException {
        return ForkedJvm.on(jdk)
                .option("-XX:TieredStopAtLevel=1", "-Xshare:auto")
                .runJar(ForkedJvm.AGENT_JAR, words);
    }

    /** Ends it at once. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    String stderr() throws IOException {
        return Files.readString(err);
    }

    /** Looks again until it is so. */
    static void eventually(String what, BooleanSupplier isSo) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 20 s: " + what);
            }
            Thread.onSpinWait();
        }
    }

    /** The same of what the shop says. */
    String eventually(String does, String says) {
        String[] last = new String[1];
        eventually(does + " says " + says, () -> {
            try {
                last[0] = does(does);
                return last[0].contains(says);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        return last[0];
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.delete(err);
    }
}
