package dev.poolwright.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What was measured, as git names it. */
public final class Commit {

    private Commit() {}

    /** The short id of what is checked out in the working directory, {@code +} if files were changed since; or unknown. */
    public static String current() {
        try {
            String id = git("rev-parse", "--short=12", "HEAD");
            return id.isEmpty()
                    ? "unknown"
                    : id + (git("status", "--porcelain", "-uno").isEmpty() ? "" : "+");
        } catch (IOException noGit) {
            return "unknown";
        }
    }

    private static String git(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
