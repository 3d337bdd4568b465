package dev.poolwright.demo;

import dev.poolwright.demo.report.Measurement;
import dev.poolwright.demo.report.Promises;
import dev.poolwright.demo.report.Report;
import dev.poolwright.demo.report.Table;
import dev.poolwright.demo.run.ApplicationRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the order-entry application twice, without and with the agent, and prints what changed.
 *
 * <p>Exit code 0: all promises kept; 1: one was broken, or a run failed; 2: it could not begin.
 */
public final class Demo {

    private static final int BROKEN = 1;
    private static final int CANNOT_BEGIN = 2;

    private Demo() {}

    /**
     * Runs, prints, and exits.
     *
     * @param args nothing, or {@code --agent PATH} to run another agent jar than the one built beside the demo
     */
    public static void main(String[] args) throws InterruptedException, URISyntaxException {
        Path jar = Path.of(
                Demo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path agent = jar.resolveSibling("../../agent/target/poolwright.jar").normalize();
        if (args.length == 2 && args[0].equals("--agent")) {
            agent = Path.of(args[1]).toAbsolutePath();
        } else if (args.length != 0) {
            System.err.println("usage: java -jar poolwright-demo.jar [--agent PATH]");
            System.exit(CANNOT_BEGIN);
        }
        if (!Files.isRegularFile(jar)) {
            System.err.println("The demo runs from its jar: java -jar demo/target/poolwright-demo.jar");
            System.exit(CANNOT_BEGIN);
        }
        if (!Files.isRegularFile(agent)) {
            System.err.println("No agent at " + agent + ". Build it with `mvn -q -DskipTests package`,"
                    + " or name one with --agent PATH.");
            System.exit(CANNOT_BEGIN);
        }
        try {
            System.exit(run(agent, jar) ? 0 : BROKEN);
        } catch (IOException e) {
            System.err.println("The demo failed: " + e.getMessage());
            System.exit(BROKEN);
        }
    }

    private static boolean run(Path agent, Path jar) throws IOException, InterruptedException {
        System.out.println("The same legacy order-entry application runs twice, each time on a fresh");
        System.out.println("database in a process of its own: 8 threads, JDBC and Hibernate, a connection");
        System.out.println("per request, one path that forgets close(). Java " + System.getProperty("java.version")
                + ", heap " + ApplicationRun.HEAP.substring("-Xmx".length()) + ".");
        System.out.println();

        String hash = sha256(jar);
        System.out.print("  without the agent");
        System.out.flush();
        Measurement before = ApplicationRun.without(jar);
        System.out.println(seconds(before));
        System.out.print("  with -javaagent:" + agent.getFileName());
        System.out.flush();
        Measurement after = ApplicationRun.with(agent, jar);
        System.out.println(seconds(after));
        System.out.println();

        List<String> broken = Promises.broken(before, after);
        Table.of(before, after).forEach(System.out::println);
        System.out.println();
        System.out.println(
                Promises.sameOutput(before, after)
                        ? "The application printed the same in both runs, its working time aside."
                        : "The application did NOT print the same in both runs.");

        Path report = jar.resolveSibling("report.json");
        Files.writeString(report, Report.json(setting(hash), before, after, broken));
        System.out.println("Everything measured: " + shortest(report));
        broken.forEach(sentence -> System.out.println("BROKEN: " + sentence));
        return broken.isEmpty();
    }

    private static Map<String, Object> setting(String hash) {
        Map<String, Object> setting = new LinkedHashMap<>();
        setting.put("java", System.getProperty("java.version"));
        setting.put("processors", Runtime.getRuntime().availableProcessors());
        setting.put("heap", ApplicationRun.HEAP);
        setting.put("applicationSha256", hash);
        return setting;
    }

    private static String seconds(Measurement m) {
        return String.format(Locale.ROOT, ": %,d requests, %.1f s", m.requests(), m.wallMillis() / 1000.0);
    }

    private static Path shortest(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path) : path;
    }

    private static String sha256(Path jar) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (GeneralSecurityException e) {
            throw new IOException("no SHA-256 on this JVM", e);
        }
    }
}
