package dev.poolwright.cli;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The way into another JVM: the JDK's attach API, or, where that module is missing, its protocol. */
final class Attachment {

    private static final String API = "com.sun.tools.attach.VirtualMachine";

    private static final long LONGEST_SECONDS = 15;

    private final String pid;

    Attachment(String pid) {
        this.pid = pid;
    }

    /** Has that JVM load this jar as an agent, with these arguments. */
    void load(String arguments) throws AskException {
        String jar = jar();
        requireReachable(jar);
        FutureTask<Void> loading = new FutureTask<>(() -> {
            loadHere(jar, arguments);
            return null;
        });
        // The API waits for ever for a JVM that is stopped.
        Thread thread = new Thread(loading, "poolwright-attach");
        thread.setDaemon(true);
        thread.start();
        try {
            loading.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stopped) {
            throw new AskException(
                    ExitCode.NO_ANSWER,
                    "JVM " + pid + " does not answer within " + LONGEST_SECONDS + " s: it is stopped (kill -CONT " + pid
                            + " has it go on), or busy with its memory.");
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw cause instanceof AskException ? (AskException) cause : explained(cause == null ? failure : cause);
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
            throw new AskException(ExitCode.NO_ANSWER, "Interrupted.");
        }
    }

    private void loadHere(String jar, String arguments) throws AskException {
        try {
            Class<?> api;
            try {
                api = Class.forName(API, true, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException noModule) {
                new BareAttach(pid).load(jar, arguments);
                return;
            }
            Object machine = api.getMethod("attach", String.class).invoke(null, pid);
            try {
                api.getMethod("loadAgent", String.class, String.class).invoke(machine, jar, arguments);
            } finally {
                api.getMethod("detach").invoke(machine);
            }
        } catch (InvocationTargetException failure) {
            Throwable cause = failure.getCause();
            throw explained(cause == null ? failure : cause);
        } catch (IOException | ReflectiveOperationException | RuntimeException failure) {
            throw explained(failure);
        }
    }

    private static String jar() throws AskException {
        try {
            return new File(Attachment.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getAbsolutePath();
        } catch (URISyntaxException odd) {
            throw new AskException(ExitCode.NO_ANSWER, "This jar does not know where it is: " + odd + ".");
        }
    }

    /** What can be told before anything is tried, on Linux. */
    private void requireReachable(String jar) throws AskException {
        Path process = Paths.get("/proc", pid);
        if (!Files.isDirectory(Paths.get("/proc/self"))) {
            return;
        }
        if (!Files.isDirectory(process)) {
            throw new AskException(
                    ExitCode.NO_SUCH_JVM,
                    "There is no process " + pid
                            + " here. java -jar poolwright.jar list shows the JVMs; one in a container has another"
                            + " PID inside, and is asked from inside.");
        }
        if (!JavaProcesses.isJvm(pid)) {
            throw new AskException(
                    ExitCode.NO_SUCH_JVM,
                    "Process " + pid + " is no JVM. java -jar poolwright.jar list shows those that are.");
        }
        if (JavaProcesses.isOtherUsers(pid)) {
            throw new AskException(
                    ExitCode.NOT_ALLOWED,
                    "JVM " + pid + " belongs to user " + JavaProcesses.user(pid)
                            + ": ask it as that user, as in sudo -u " + JavaProcesses.user(pid)
                            + " java -jar poolwright.jar ...");
        }
        String root = JavaProcesses.root(pid);
        if (!root.isEmpty() && !new File(root + jar).exists()) {
            throw new AskException(
                    ExitCode.NO_ANSWER,
                    "JVM " + pid + " runs in a container and sees other files than this one: there is no " + jar
                            + " in it. Copy it to that place, or ask from inside, as in docker exec CONTAINER java -jar /path/in/it/poolwright.jar list");
        }
        if (JavaProcesses.commandLine(pid).contains("-XX:+DisableAttachMechanism")) {
            throw new AskException(
                    ExitCode.NO_ANSWER,
                    "JVM " + pid
                            + " was started with -XX:+DisableAttachMechanism and cannot be asked. Its settings come from its own"
                            + " command line; config=FILE is read again when the file changes.");
        }
    }

    private AskException explained(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        String text = String.valueOf(failure.getMessage());
        if (text.contains("No such process")) {
            return new AskException(ExitCode.NO_SUCH_JVM, "There is no process " + pid + " here.");
        }
        if (text.contains("Operation not permitted") || text.contains("denied")) {
            return new AskException(
                    ExitCode.NOT_ALLOWED,
                    "JVM " + pid + " does not let this user in (" + text + "): ask it as the user it runs as.");
        }
        if (kind.equals("AgentLoadException") || text.contains("Dynamic agent loading is not enabled")) {
            return new AskException(
                    ExitCode.NO_ANSWER,
                    "JVM " + pid + " loads no agent while it runs (" + text
                            + "). From JDK 21 on that is to be allowed with -XX:+EnableDynamicAgentLoading, which also spares it a warning"
                            + " on stderr at each command.");
        }
        return new AskException(
                ExitCode.NO_ANSWER,
                "JVM " + pid + " cannot be asked: " + failure
                        + ". It may be stopped, starting or ending, started with -XX:+DisableAttachMechanism, or no HotSpot.");
    }
}
