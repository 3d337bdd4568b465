package dev.poolwright.demo.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JVM we started: its lines as they come, questions to its standard input, and its certain end.
 *
 * <p>One thread asks; two more read its output. All children are killed when our own JVM ends, however it ends short of
 * a kill; their standard input ends then too, which both programs take as the word to leave.
 */
final class ChildProcess implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end-children"));
    }

    private final String name;
    private final Process process;
    private final Object lock = new Object();
    private final List<String> output = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Thread outputReader;
    private final Thread errorReader;
    private boolean outputEnded;

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.outputReader = reader(process.getInputStream(), output);
        this.errorReader = reader(process.getErrorStream(), errors);
    }

    /**
     * Starts the JVM that runs us once more.
     *
     * @param arguments JVM options, main class and its arguments
     */
    static ChildProcess java(String name, Path classPath, List<String> options, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // A JVM says on stderr that it picked these up, and the runs would no longer be what we say they are.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().keySet().removeIf(key -> key.startsWith("OTEL_") || key.startsWith("POOLWRIGHT_"));
        Process process = builder.start();
        RUNNING.add(process);
        ChildProcess child = new ChildProcess(name, process);
        child.outputReader.start();
        child.errorReader.start();
        return child;
    }

    private Thread reader(InputStream stream, List<String> lines) {
        Thread thread = new Thread(() -> read(stream, lines), name + "-reader");
        thread.setDaemon(true);
        return thread;
    }

    private void read(InputStream stream, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (lock) {
                    lines.add(line);
                    lock.notifyAll();
                }
            }
        } catch (IOException e) {
            // The stream is closed under the reader when the child is killed: the same as its end.
        }
        synchronized (lock) {
            outputEnded |= lines == output;
            lock.notifyAll();
        }
    }

    /**
     * Waits for a line on its standard output.
     *
     * @throws IOException it ended, or went on for too long, without printing one
     */
    String awaitLine(Predicate<String> wanted, Duration atMost) throws IOException, InterruptedException {
        return awaitLine(0, wanted, atMost);
    }

    private String awaitLine(int from, Predicate<String> wanted, Duration atMost)
            throws IOException, InterruptedException {
        String line = awaitLineOrEnd(from, wanted, System.nanoTime() + atMost.toNanos());
        if (line == null) {
            boolean ended = process.waitFor(1, TimeUnit.SECONDS);
            if (ended) {
                errorReader.join();
            }
            throw new IOException(name + (ended ? " ended early" : " did not answer within " + atMost)
                    + "; its last words:" + last(output()) + last(errors()));
        }
        return line;
    }

    private @Nullable String awaitLineOrEnd(int from, Predicate<String> wanted, long endNanos)
            throws InterruptedException {
        synchronized (lock) {
            while (true) {
                String line = find(from, wanted);
                long left = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
                if (line != null || outputEnded || left <= 0) {
                    return line;
                }
                lock.wait(left);
            }
        }
    }

    private @Nullable String find(int from, Predicate<String> wanted) {
        for (int i = from; i < output.size(); i++) {
            if (wanted.test(output.get(i))) {
                return output.get(i);
            }
        }
        return null;
    }

    private static String last(List<String> lines) {
        return lines.stream()
                .skip(Math.max(0, lines.size() - 5))
                .map(line -> "\n    " + line)
                .collect(Collectors.joining());
    }

    /** Writes a line to its standard input. */
    void tell(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** Writes a line and waits for the one it prints in return. */
    String ask(String question) throws IOException, InterruptedException {
        int before;
        synchronized (lock) {
            before = output.size();
        }
        tell(question);
        return awaitLine(before, line -> true, Duration.ofSeconds(20));
    }

    /** Waits for its end. */
    int awaitEnd(Duration atMost) throws IOException, InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(name + " did not end within " + atMost);
        }
        outputReader.join();
        errorReader.join();
        return process.exitValue();
    }

    List<String> output() {
        synchronized (lock) {
            return List.copyOf(output);
        }
    }

    List<String> errors() {
        synchronized (lock) {
            return List.copyOf(errors);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        RUNNING.remove(process);
    }
}
