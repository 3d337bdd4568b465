package dev.poolwright.control.request;

import dev.poolwright.control.Answer;
import dev.poolwright.control.Changes;
import dev.poolwright.control.Doctor;
import dev.poolwright.control.Views;
import dev.poolwright.control.jmx.Registration;
import dev.poolwright.control.page.Console;
import dev.poolwright.gate.Operation;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.time.Ticker;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Answers what another process of the same user asks: reads {@code request} in a folder of that process and writes {@code
 * answer} beside it, on a thread that ends with the folder, or a few seconds after the last question.
 *
 * <p>A request is a command and its arguments, a line each; an answer is the exit code on a line, then the text. Both are
 * renamed to their names when they are complete.
 */
public final class Commands implements Runnable {

    /** Of what the agent is attached with, once more, when it is a folder that follows. */
    public static final String PREFIX = "command=";

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int DEFAULT_DRAIN_SECONDS = 30;

    private final File folder;

    private Commands(File folder) {
        this.folder = folder;
    }

    /** Starts to answer what is asked in {@code folder}. */
    public static void serve(String folder) {
        Housekeeper.threadForTheEnd(new Commands(new File(folder)), "poolwright-operator")
                .start();
    }

    @Override
    public void run() {
        File request = new File(folder, "request");
        long last = Ticker.SYSTEM.nanos();
        while (folder.isDirectory() && Ticker.SYSTEM.nanos() - last < PATIENCE_NANOS) {
            if (request.isFile()) {
                try {
                    List<String> asked = lines(request);
                    if (!request.delete()) {
                        return;
                    }
                    write(answer(asked));
                } catch (IOException gone) {
                    return; // whoever asked, with the folder
                }
                last = Ticker.SYSTEM.nanos();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static List<String> lines(File request) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] bytes = new byte[8_192];
        try (InputStream in = new FileInputStream(request)) {
            for (int more = in.read(bytes); more > 0; more = in.read(bytes)) {
                text.append(new String(bytes, 0, more, StandardCharsets.UTF_8));
            }
        }
        return new ArrayList<>(Arrays.asList(text.toString().split("\n", -1)));
    }

    private void write(Answer answer) throws IOException {
        File whole = new File(folder, "answer");
        File part = new File(folder, "answer.part");
        try (FileOutputStream out = new FileOutputStream(part)) {
            out.write((answer.code() + "\n" + answer.text()).getBytes(StandardCharsets.UTF_8));
        }
        if (!part.renameTo(whole)) {
            throw new IOException("cannot rename to " + whole);
        }
    }

    /** Never throws: what goes wrong in here is the answer. */
    static Answer answer(List<String> asked) {
        try {
            Operation operation = Operation.current();
            if (operation == null) {
                return Answer.refused(
                        "the agent is there and has woven nothing: mode=off in its settings file when it came, or what its log, or"
                                + " stderr, says; a restart of the application is needed");
            }
            return answer(operation, asked.get(0), new ArrayList<>(asked.subList(1, asked.size())));
        } catch (RuntimeException | Error accident) {
            return Answer.refused("an accident of the agent, the application did not notice: " + accident);
        }
    }

    private static Answer answer(Operation operation, String command, List<String> arguments) {
        boolean json = arguments.remove("--json");
        Views views = new Views(operation, json);
        Changes changes = new Changes(operation);
        switch (command) {
            case "status":
                return views.status();
            case "holders":
                return views.holders();
            case "leaks":
                return views.leaks();
            case "report":
                return views.report();
            case "doctor":
                return new Doctor(operation).answer(json);
            case "set":
                return changes.set(arguments);
            case "resize":
                return changes.resize(first(arguments, ""));
            case "drain":
                return drain(changes, arguments);
            case "resume":
                return changes.resume(first(arguments, "all"));
            case "dispose":
                return changes.dispose(first(arguments, "all"));
            case "detach":
                return changes.detach();
            case "jmx":
                return Registration.asked();
            case "console":
                return link();
            default:
                return new Answer(
                        Answer.USAGE,
                        "the agent in that JVM does not know this command: it is of another version than this jar");
        }
    }

    /** For whoever may load agents into this JVM: that is more than the page allows. */
    private static Answer link() {
        String link = Console.link();
        return link == null
                ? Answer.refused(
                        "there is no page: it is opened with the first connection where console=PORT was set at the"
                                + " start, unless stderr says why not")
                : Answer.ok(link);
    }

    private static Answer drain(Changes changes, List<String> arguments) {
        int seconds = DEFAULT_DRAIN_SECONDS;
        String engine = "all";
        for (String argument : arguments) {
            if (argument.startsWith("--wait=")) {
                Integer said = number(argument.substring("--wait=".length()));
                if (said == null) {
                    return new Answer(Answer.USAGE, "--wait takes whole seconds, as in --wait=30");
                }
                seconds = said;
            } else {
                engine = argument;
            }
        }
        return changes.drain(engine, seconds);
    }

    private static @Nullable Integer number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number < 0 ? null : number;
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private static String first(List<String> arguments, String otherwise) {
        return arguments.isEmpty() ? otherwise : arguments.get(0);
    }
}
