package dev.poolwright.cli;

import dev.poolwright.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;

/** Refuses what a command does not take, before any JVM is asked: a word that is ignored is one that somebody relies on. */
final class Words {

    private static final int MANY = Integer.MAX_VALUE;

    private Words() {}

    /** @param rest what follows the command, its PID as well */
    static void require(String command, boolean isQuestion, List<String> rest) throws AskException {
        List<String> words = new ArrayList<>();
        for (String word : rest) {
            if (!word.startsWith("--")) {
                words.add(word);
            } else if (!isOption(command, isQuestion, word)) {
                throw CommandLine.usage(
                        word.equals("--wait") && command.equals("drain")
                                ? "--wait takes whole seconds behind an equals sign, as in --wait=30."
                                : command + " takes no " + word + ".");
            }
        }
        int taken = most(command) == MANY ? MANY : most(command) + 1; // the PID is one of them
        if (words.size() > (command.equals("list") ? 0 : taken)) {
            throw CommandLine.usage(command + " takes no \"" + words.get(words.size() - 1) + "\".");
        }
    }

    private static boolean isOption(String command, boolean isQuestion, String word) {
        if (word.equals("--json")) {
            return isQuestion || command.equals("list");
        }
        if (word.equals("--watch") || word.startsWith("--watch=")) {
            return true; // refused where it is read, which says for what it is
        }
        return word.startsWith("--wait=") && command.equals("drain");
    }

    private static int most(String command) {
        switch (command) {
            case "set":
            case "attach":
                return MANY;
            case "resize":
            case "drain":
            case "resume":
            case "dispose":
                return 1;
            default:
                return 0;
        }
    }

    /** As what follows {@code -javaagent:poolwright.jar=}; whether what {@code config} names can be read is the other JVM's to say. */
    static String agentArguments(List<String> pairs) throws AskException {
        StringBuilder arguments = new StringBuilder();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw CommandLine.usage(
                        "A setting is written name=value, as in pool.size=10, and not \"" + pair + "\".");
            }
            String quoted =
                    pair.indexOf(',') < 0 ? pair : pair.substring(0, equals) + "=\"" + pair.substring(equals + 1) + '"';
            if (!pair.startsWith("config=")) {
                for (String problem : Settings.forAgent(quoted, new Properties(), new HashMap<String, String>())
                        .problems()) {
                    throw new AskException(
                            ExitCode.REFUSED, problem + (problem.endsWith(".") ? "" : ".") + " Nothing was attached.");
                }
            }
            arguments.append(arguments.length() == 0 ? "" : ",").append(quoted);
        }
        return arguments.toString();
    }
}
