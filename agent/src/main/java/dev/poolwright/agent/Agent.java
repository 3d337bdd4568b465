package dev.poolwright.agent;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters: decides whether this JVM is to be touched at all and, if so, starts {@link AgentStart} in a
 * class loader of its own.
 *
 * <p>Besides that loader the only class the application's class path sees. Whatever goes wrong, the application runs as
 * without the agent and one line on stderr says why.
 */
public final class Agent {

    private static final AtomicInteger INSTALLED = new AtomicInteger();

    /** What a command is asked with: the folder it lies in follows. */
    private static final String COMMAND = "command=";

    private static volatile @Nullable BiConsumer<String, Instrumentation> started;

    private Agent() {}

    /** Called by the JVM for {@code -javaagent:poolwright.jar[=key=value,...]}. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    /** Called by the JVM when attached to while running, and once more for each command of an operator. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        if (arguments != null && arguments.startsWith(COMMAND)) {
            command(arguments, instrumentation);
        } else {
            start(arguments, instrumentation);
        }
    }

    /** {@code java -jar poolwright.jar}: the command line. */
    public static void main(String[] arguments) throws Exception {
        new AgentLoader(Agent.class)
                .loadClass("dev.poolwright.cli.CommandLine")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }

    private static void command(String arguments, Instrumentation instrumentation) {
        try {
            BiConsumer<String, Instrumentation> mine = started;
            if (mine != null) {
                mine.accept(arguments, instrumentation);
            } else {
                // The answer of a JVM in which nothing of us is; see dev.poolwright.control.request.Commands for its
                // form.
                File folder = new File(arguments.substring(COMMAND.length()));
                File part = new File(folder, "answer.part");
                try (FileOutputStream out = new FileOutputStream(part)) {
                    out.write(new byte[] {'5', '\n'});
                }
                if (!part.renameTo(new File(folder, "answer"))) {
                    throw new IOException("cannot write to " + folder);
                }
            }
        } catch (Throwable accident) {
            System.err.println("[poolwright] WARN a command could not be answered: " + accident);
        }
    }

    private static void start(@Nullable String arguments, Instrumentation instrumentation) {
        try {
            if (isOff(arguments) || isJdkTool(System.getProperty("sun.java.command"))) {
                return;
            }
            if (!INSTALLED.compareAndSet(0, 1)) {
                return;
            }
            begin(new AgentLoader(Agent.class), arguments, instrumentation);
        } catch (Throwable accident) {
            System.err.println("[poolwright] WARN not active, the application runs without it: " + accident);
        }
    }

    @SuppressWarnings("unchecked")
    private static void begin(AgentLoader loader, @Nullable String arguments, Instrumentation instrumentation)
            throws ReflectiveOperationException {
        BiConsumer<String, Instrumentation> start =
                (BiConsumer<String, Instrumentation>) loader.loadClass("dev.poolwright.agent.AgentStart")
                        .getDeclaredConstructor()
                        .newInstance();
        start.accept(arguments == null ? "" : arguments, instrumentation);
        started = start;
    }

    /** Read here, before anything else of ours is loaded; the strongest source that names a mode decides. */
    private static boolean isOff(@Nullable String arguments) {
        String mode = modeIn(arguments);
        if (mode == null) {
            mode = System.getProperty("poolwright.mode");
        }
        if (mode == null) {
            mode = System.getenv("POOLWRIGHT_MODE");
        }
        return mode != null && mode.trim().equalsIgnoreCase("off");
    }

    private static @Nullable String modeIn(@Nullable String arguments) {
        int from = 0;
        while (arguments != null && from < arguments.length()) {
            int comma = arguments.indexOf(',', from);
            int to = comma < 0 ? arguments.length() : comma;
            String argument = arguments.substring(from, to).trim();
            if (argument.startsWith("mode=")) {
                return argument.substring("mode=".length());
            }
            if (argument.startsWith("poolwright.mode=")) {
                return argument.substring("poolwright.mode=".length());
            }
            from = to + 1;
        }
        return null;
    }

    /**
     * Whether the JVM runs a tool of the JDK, as it does when the flag comes from JAVA_TOOL_OPTIONS.
     *
     * @param command what the launcher was asked to run: {@code Main args}, {@code app.jar args} or {@code module/Main args}
     */
    static boolean isJdkTool(@Nullable String command) {
        if (command == null) {
            return false;
        }
        int space = command.indexOf(' ');
        String program = space < 0 ? command : command.substring(0, space);
        if (program.contains("com.sun.tools.javac.launcher.")) {
            return false; // `java Application.java`
        }
        String module = "";
        int slash = program.indexOf('/');
        if (slash > 0 && program.indexOf('/', slash + 1) < 0 && !program.endsWith(".jar")) {
            module = program.substring(0, slash);
            program = program.substring(slash + 1);
        }
        return module.startsWith("java.")
                || module.startsWith("jdk.")
                || program.startsWith("jdk.")
                || program.startsWith("sun.")
                || program.startsWith("com.sun.tools.");
    }
}
