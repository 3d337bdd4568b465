package dev.poolwright.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The JVMs of this machine, as far as the file system tells: nothing is attached to, nothing in them notices. On Linux from
 * {@code /proc}, elsewhere from the names of the files that JVMs keep for such questions.
 */
final class JavaProcesses {

    private JavaProcesses() {}

    /** A line for each, or JSON. */
    static String list(boolean json) {
        List<String[]> rows = new ArrayList<>();
        String self = self();
        for (String pid : pids()) {
            if (!pid.equals(self) && isJvm(pid)) {
                rows.add(new String[] {pid, agent(pid), user(pid), program(pid)});
            }
        }
        return json ? json(rows) : table(rows);
    }

    private static String json(List<String[]> rows) {
        StringBuilder out = new StringBuilder("[");
        for (String[] row : rows) {
            out.append(out.length() == 1 ? "" : ",").append("\n  {\"pid\": ").append(row[0]);
            out.append(", \"poolwright\": \"")
                    .append(row[1])
                    .append("\", \"user\": \"")
                    .append(quoted(row[2]));
            out.append("\", \"program\": \"").append(quoted(row[3])).append("\"}");
        }
        return out.append(rows.isEmpty() ? "]" : "\n]").toString();
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String table(List<String[]> rows) {
        if (rows.isEmpty()) {
            return "There is no other JVM that can be seen from here.";
        }
        StringBuilder out =
                new StringBuilder(String.format("%-8s %-10s %-12s %s", "PID", "POOLWRIGHT", "USER", "PROGRAM"));
        for (String[] row : rows) {
            out.append(String.format("%n%-8s %-10s %-12s %s", row[0], row[1], row[2], row[3]));
        }
        return out.toString();
    }

    private static String self() {
        try {
            return Paths.get("/proc/self").toRealPath().getFileName().toString();
        } catch (IOException elsewhere) {
            return "";
        }
    }

    private static List<String> pids() {
        List<String> pids = new ArrayList<>();
        String[] processes = new File("/proc").list();
        if (processes != null) {
            for (String name : processes) {
                if (Character.isDigit(name.charAt(0))) {
                    pids.add(name);
                }
            }
        } else {
            File files = new File(
                    System.getProperty("java.io.tmpdir", "/tmp"), "hsperfdata_" + System.getProperty("user.name", ""));
            String[] names = files.list();
            pids.addAll(Arrays.asList(names == null ? new String[0] : names));
        }
        pids.sort(
                (one, other) -> one.length() != other.length() ? one.length() - other.length() : one.compareTo(other));
        return pids;
    }

    /** Whether {@code libjvm} is in it, or, where that may not be seen, its program is called java. */
    static boolean isJvm(String pid) {
        if (!Files.isDirectory(Paths.get("/proc/self"))) {
            return true;
        }
        try {
            return new String(Files.readAllBytes(Paths.get("/proc", pid, "maps")), StandardCharsets.ISO_8859_1)
                    .contains("libjvm.");
        } catch (IOException notAllowed) {
            List<String> words = commandLine(pid);
            return !words.isEmpty() && new File(words.get(0)).getName().equals("java");
        }
    }

    static List<String> commandLine(String pid) {
        try {
            String line = new String(Files.readAllBytes(Paths.get("/proc", pid, "cmdline")), StandardCharsets.UTF_8);
            return Arrays.asList(line.split("\0"));
        } catch (IOException gone) {
            return new ArrayList<>();
        }
    }

    /** Yes, as its command line or its open files show; no; or ? where neither may be seen. */
    private static String agent(String pid) {
        for (String word : commandLine(pid)) {
            if (word.startsWith("-javaagent:") && word.contains("poolwright")) {
                return "yes";
            }
        }
        File[] open = new File("/proc/" + pid + "/fd").listFiles();
        if (open == null) {
            return "?";
        }
        for (File file : open) {
            try {
                String name = Files.readSymbolicLink(file.toPath()).toString();
                if (name.endsWith("/poolwright.jar")) {
                    return "yes";
                }
            } catch (IOException closedMeanwhile) {
                // not that one
            }
        }
        return "no";
    }

    /** The main class or jar, with no argument: those can be secret. */
    private static String program(String pid) {
        List<String> words = commandLine(pid);
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            boolean takesNext = Arrays.asList(
                            "-cp",
                            "-classpath",
                            "--class-path",
                            "-p",
                            "--module-path",
                            "--add-modules",
                            "--add-opens",
                            "--add-exports",
                            "--add-reads",
                            "--patch-module",
                            "--limit-modules",
                            "--upgrade-module-path")
                    .contains(word);
            if (takesNext) {
                i++;
            } else if (word.equals("-jar") || word.equals("-m") || word.equals("--module")) {
                return i + 1 < words.size() ? printable(words.get(i + 1)) : "";
            } else if (!word.startsWith("-") && !word.startsWith("@")) {
                return printable(word);
            }
        }
        return words.isEmpty() ? "?" : printable(new File(words.get(0)).getName());
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static String user(String pid) {
        try {
            return Files.getOwner(Paths.get("/proc", pid)).getName();
        } catch (IOException unknown) {
            return "?";
        }
    }

    /** Root may ask all. */
    static boolean isOtherUsers(String pid) {
        String me = user("self");
        return !me.equals("root") && !me.equals("?") && !user(pid).equals(me);
    }

    /** Where its files are seen from here: empty where it sees the same ones. */
    static String root(String pid) {
        try {
            Path mine = Files.readSymbolicLink(Paths.get("/proc/self/ns/mnt"));
            boolean same = mine.equals(Files.readSymbolicLink(Paths.get("/proc", pid, "ns", "mnt")));
            return same ? "" : "/proc/" + pid + "/root";
        } catch (IOException unknown) {
            return "";
        }
    }
}
