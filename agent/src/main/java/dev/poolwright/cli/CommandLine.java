package dev.poolwright.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The commands of {@code java -jar poolwright.jar}. */
public final class CommandLine {

    private static final Set<String> QUESTIONS =
            new LinkedHashSet<>(Arrays.asList("status", "holders", "leaks", "doctor", "report"));

    private static final Set<String> CHANGES = new LinkedHashSet<>(
            Arrays.asList("set", "resize", "drain", "resume", "dispose", "detach", "jmx", "console"));

    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final PrintStream out;
    private final PrintStream err;

    private CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Ends the JVM with one of the codes that {@code --help} lists. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        int code = new CommandLine(System.out, System.err).run(arguments);
        System.out.flush();
        System.exit(code);
    }

    private int run(String[] arguments) {
        List<String> rest = new ArrayList<>(Arrays.asList(arguments));
        if (rest.isEmpty()
                || rest.remove("--help")
                || rest.remove("-h")
                || rest.get(0).equals("help")) {
            out.print(Help.text());
            return ExitCode.OK;
        }
        try {
            String command = rest.remove(0);
            boolean isQuestion = QUESTIONS.contains(command);
            if (!isQuestion && !CHANGES.contains(command) && !command.equals("attach") && !command.equals("list")) {
                throw usage("There is no command " + command + ".");
            }
            Words.require(command, isQuestion, rest);
            double seconds = watchSeconds(rest);
            if (seconds > 0 && !isQuestion) {
                throw usage("--watch is for questions only: " + QUESTIONS + ".");
            }
            if (command.equals("list")) {
                out.println(JavaProcesses.list(rest.contains("--json")));
                return ExitCode.OK;
            }
            String pid = pid(rest, command);
            if (command.equals("attach")) {
                return attach(pid, rest);
            }
            return ask(command, pid, rest, seconds);
        } catch (AskException failure) {
            err.println(failure.getMessage());
            return failure.code();
        }
    }

    static AskException usage(String what) {
        return new AskException(ExitCode.USAGE, what + " See java -jar poolwright.jar --help.");
    }

    private static String pid(List<String> rest, String command) throws AskException {
        for (int i = 0; i < rest.size(); i++) {
            if (!rest.get(i).startsWith("--")) {
                if (isNumber(rest.get(i))) {
                    return rest.remove(i);
                }
                break;
            }
        }
        throw usage(command + " needs the PID of a JVM, as in " + command
                + " 4711; java -jar poolwright.jar list shows them.");
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** 0 = once. */
    private static double watchSeconds(List<String> rest) throws AskException {
        for (int i = 0; i < rest.size(); i++) {
            if (rest.get(i).equals("--watch")) {
                rest.remove(i);
                return 2;
            }
            if (rest.get(i).startsWith("--watch=")) {
                return seconds(rest.remove(i).substring("--watch=".length()));
            }
        }
        return 0;
    }

    private static double seconds(String written) throws AskException {
        try {
            double seconds = Double.parseDouble(written);
            if (seconds >= 0.1 && seconds <= 4) {
                return seconds;
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw usage("--watch takes seconds from 0.1 to 4, as in --watch=2.");
    }

    private int ask(String command, String pid, List<String> rest, double seconds) throws AskException {
        try (Conversation conversation = new Conversation(pid)) {
            Conversation.Reply reply = conversation.ask(command, rest);
            boolean redrawn = !rest.contains("--json") && isTerminal();
            while (seconds > 0) {
                out.print(redrawn ? CLEAR : "");
                out.println(reply.text());
                out.flush();
                conversation.rest(seconds);
                reply = conversation.ask(command, rest);
            }
            boolean isAnswer = reply.code() != ExitCode.USAGE && reply.code() != 7;
            (isAnswer ? out : err).println(reply.text());
            return reply.code();
        }
    }

    /** Whether it is read by eyes: a file gets one answer after the other. */
    @SuppressWarnings("SystemConsoleNull") // up to JDK 21 it does
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console without a terminal.
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException before) {
            return true;
        }
    }

    private int attach(String pid, List<String> settings) throws AskException {
        String arguments = Words.agentArguments(settings);
        boolean there;
        try (Conversation conversation = new Conversation(pid)) {
            there = conversation.isThere();
        }
        if (there) {
            out.println("Poolwright is in that JVM already; nothing was changed. set " + pid
                    + " name=value changes its settings.");
            return settings.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
        }
        try (Conversation conversation = new Conversation(pid)) {
            conversation.load(arguments);
            if (!conversation.isThere()) {
                throw new AskException(
                        ExitCode.NOT_THERE,
                        "Poolwright did not start in that JVM: mode=off is set there, it runs a tool of the JDK, or its stderr says"
                                + " why.");
            }
            Conversation.Reply reply = conversation.ask("status", new ArrayList<String>());
            out.println("Attached. Connections that the application asks for from now on are served by Poolwright.");
            out.println();
            out.println(reply.text());
            return reply.code();
        }
    }
}
