package dev.poolwright.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Questions to one JVM and its answers, by files in a folder that nobody else can read: no socket is opened, here or there.
 * The JVM is attached to once, however many questions there are.
 */
final class Conversation implements AutoCloseable {

    private static final long LONGEST_MILLIS = TimeUnit.SECONDS.toMillis(20);
    private static final long LOOK_MILLIS = 5;

    /** So often is it looked whether there is anybody to answer. */
    private static final long ALIVE_MILLIS = 200;

    private final String pid;
    private final String root;
    private final Path folder;

    /** Nobody but us, not even the JVM, can put a link into it: questions are written here and moved. */
    private final Path mine;

    private final Thread atExit;
    private boolean asked;

    /** What was answered. */
    static final class Reply {

        private final int code;
        private final String text;

        Reply(int code, String text) {
            this.code = code;
            this.text = text;
        }

        int code() {
            return code;
        }

        String text() {
            return text;
        }
    }

    Conversation(String pid) throws AskException {
        this.pid = pid;
        try {
            // Made with permissions for its owner only; in a container, or with a /tmp of its own, where the JVM sees
            // it.
            root = JavaProcesses.root(pid);
            if (!root.isEmpty() && "root".equals(System.getProperty("user.name"))) {
                // Its links would be followed outside of it.
                throw new AskException(
                        ExitCode.NO_ANSWER,
                        "JVM " + pid
                                + " runs in a container, or with a /tmp of its own: ask from inside, as in docker exec"
                                + " CONTAINER java -jar poolwright.jar list, or as its user.");
            }
            folder = privateFolder();
            mine = privateFolder();
            giveToOwnerOfJvm(folder);
        } catch (IOException full) {
            throw new AskException(ExitCode.NO_ANSWER, "Cannot make a folder for the answer: " + full + ".");
        }
        atExit = new Thread(this::delete, "poolwright-cleanup");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private Path privateFolder() throws IOException {
        return root.isEmpty()
                ? Files.createTempDirectory("poolwright-")
                : Files.createTempDirectory(Paths.get(root, "tmp"), "poolwright-");
    }

    /** Root may ask anybody's JVM; that must be able to write here. No file of ours in it is written to or given away. */
    private void giveToOwnerOfJvm(Path made) throws IOException {
        Path process = Paths.get("/proc", pid);
        if (Files.isDirectory(process)) {
            UserPrincipal owner = Files.getOwner(process);
            if (!owner.equals(Files.getOwner(made))) {
                try {
                    Files.setOwner(made, owner);
                } catch (IOException notRoot) {
                    // The attach will be refused, and say so.
                }
            }
        }
    }

    /** Whether Poolwright is at work in that JVM. */
    boolean isThere() throws AskException {
        return exchange("status", new ArrayList<String>()).code() != ExitCode.NOT_THERE;
    }

    Reply ask(String command, List<String> arguments) throws AskException {
        Reply reply = exchange(command, arguments);
        if (reply.code() == ExitCode.NOT_THERE) {
            throw new AskException(
                    ExitCode.NOT_THERE,
                    "Poolwright is not in JVM " + pid
                            + ": it was started without -javaagent, or with mode=off. Start it there with:"
                            + " java -jar poolwright.jar attach " + pid);
        }
        return reply;
    }

    private Reply exchange(String command, List<String> arguments) throws AskException {
        long longest = LONGEST_MILLIS;
        for (String argument : arguments) {
            if (argument.startsWith("--wait=")) {
                longest += waitMillis(argument);
            }
        }
        longest += command.equals("drain") ? TimeUnit.SECONDS.toMillis(30) : 0;
        try {
            StringBuilder request = new StringBuilder(command);
            for (String argument : arguments) {
                request.append('\n').append(argument.replace('\n', ' '));
            }
            Path part = mine.resolve("request");
            Files.write(part, request.toString().getBytes(StandardCharsets.UTF_8));
            part.toFile().setReadable(true, false); // by whom the folder lets in
            Files.move(part, folder.resolve("request"), StandardCopyOption.ATOMIC_MOVE);
            if (!asked) {
                new Attachment(pid).load("command=" + folder.toString().substring(root.length()));
                asked = true;
            }
            return reply(longest);
        } catch (IOException failure) {
            throw new AskException(ExitCode.NO_ANSWER, "Cannot exchange files with JVM " + pid + ": " + failure + ".");
        }
    }

    private static long waitMillis(String argument) {
        try {
            return TimeUnit.SECONDS.toMillis(Integer.parseInt(argument.substring("--wait=".length())));
        } catch (NumberFormatException refusedThere) {
            return 0;
        }
    }

    private Reply reply(long longestMillis) throws IOException, AskException {
        Path answer = folder.resolve("answer");
        for (long waited = 0; waited < longestMillis; waited += LOOK_MILLIS) {
            if (Files.exists(answer)) {
                String text = read(answer);
                Files.delete(answer);
                return reply(text);
            }
            if (waited % ALIVE_MILLIS == 0 && !JavaProcesses.isJvm(pid)) {
                throw new AskException(ExitCode.NO_SUCH_JVM, "JVM " + pid + " has ended.");
            }
            pause(LOOK_MILLIS);
        }
        throw new AskException(
                ExitCode.NO_ANSWER,
                "JVM " + pid + " has taken the question and not answered within " + longestMillis / 1000
                        + " s: it may be stopped, or short of memory.");
    }

    private Reply reply(String text) throws AskException {
        int line = text.indexOf('\n');
        try {
            return new Reply(Integer.parseInt(text.substring(0, Math.max(line, 0))), text.substring(line + 1));
        } catch (NumberFormatException noAnswer) {
            throw new AskException(ExitCode.NO_ANSWER, "JVM " + pid + " has answered what is no answer.");
        }
    }

    /** No link is followed: the folder is the JVM's. */
    private static String read(Path answer) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes = new byte[8_192];
        try (InputStream in = Files.newInputStream(answer, LinkOption.NOFOLLOW_LINKS)) {
            for (int more = in.read(bytes); more > 0; more = in.read(bytes)) {
                all.write(bytes, 0, more);
            }
        }
        return new String(all.toByteArray(), StandardCharsets.UTF_8);
    }

    /** Loads the agent itself. */
    void load(String settings) throws AskException {
        new Attachment(pid).load(settings);
    }

    void rest(double seconds) {
        pause((long) (seconds * 1000));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
    }

    /** By name, and not what is found: the folder is the JVM's, and could by now be a link to somewhere else. */
    private void delete() {
        for (String name : new String[] {"request", "answer.part", "answer"}) {
            deleteIfThere(folder.resolve(name));
        }
        deleteIfThere(mine.resolve("request"));
        deleteIfThere(mine);
        deleteIfThere(folder);
    }

    private static void deleteIfThere(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException inUse) {
            // Temporary files of nobody's interest.
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // It does the same.
        }
    }
}
