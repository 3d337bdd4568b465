package dev.poolwright.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line. */
final class Options {

    static final String USAGE = """
            java -jar bench.jar [options]        with the java to be measured
              --full                   for numbers to quote: all rivals, all cases, long; otherwise for a look
              --only=<part>[,<part>]   cases whose name (see --list) contains one of these: ramp, "connection: 32" ...
              --rivals=<name>[,...]    these rivals instead of those each case is planned with
              --rounds=<n>             every rival takes a turn in every round
              --agent=<poolwright.jar> DriverManager under this agent as well
              --out=<file>             where the numbers go; target/bench/<time>.json unless said
              --list                   the cases, and nothing is run
            """;

    private boolean full;
    private boolean list;
    private int rounds;
    private List<String> only = List.of();
    private List<String> rivals = List.of();
    private @Nullable Path agent;
    private @Nullable Path out;
    private final List<String> wrong = new ArrayList<>();

    Options(String[] arguments) {
        for (String argument : arguments) {
            switch (argument) {
                case "--full" -> full = true;
                case "--list" -> list = true;
                default -> read(argument);
            }
        }
    }

    private void read(String argument) {
        boolean known = given(argument, "--only=", value -> only = List.of(value.split(",", -1)))
                || given(argument, "--rivals=", value -> rivals = List.of(value.split(",", -1)))
                || given(argument, "--rounds=", value -> rounds = Integer.parseInt(value))
                || given(argument, "--out=", value -> out = Path.of(value))
                || given(argument, "--agent=", value -> agent = Path.of(value).toAbsolutePath());
        if (!known) {
            wrong.add("not an option: " + argument);
        }
        Path jar = agent;
        if (jar != null && !Files.isRegularFile(jar)) {
            wrong.add("no such file: " + jar);
        }
    }

    private static boolean given(String argument, String name, Consumer<String> setter) {
        if (!argument.startsWith(name)) {
            return false;
        }
        setter.accept(argument.substring(name.length()));
        return true;
    }

    /** What cannot be done, in words; empty if all is well. */
    List<String> wrong() {
        return wrong;
    }

    boolean full() {
        return full;
    }

    boolean list() {
        return list;
    }

    int rounds() {
        return rounds > 0 ? rounds : full ? 3 : 1;
    }

    /** Whether this case was asked for. */
    boolean wants(String subject, String setting) {
        return only.isEmpty() || only.stream().anyMatch(part -> (subject + ": " + setting).contains(part));
    }

    /** The rivals that were asked for, or {@code planned}. */
    List<String> rivalsOr(List<String> planned) {
        return rivals.isEmpty() ? planned : rivals;
    }

    @Nullable
    Path agent() {
        return agent;
    }

    @Nullable
    Path out() {
        return out;
    }
}
