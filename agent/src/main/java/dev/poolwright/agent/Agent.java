package dev.poolwright.agent;

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

    private Agent() {}

    /** Called by the JVM for {@code -javaagent:poolwright.jar[=key=value,...]}. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    /** Called by the JVM when attached to while running. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    /** Says what this jar is; {@code java -jar poolwright.jar} does nothing else. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.out.println("Poolwright pools the JDBC connections of a Java application that is not to be changed.");
        System.out.println();
        System.out.println("    java -javaagent:poolwright.jar -jar application.jar");
        System.out.println("    java -javaagent:poolwright.jar=pool.size=10,log=poolwright.log -jar application.jar");
        System.out.println();
        System.out.println("Settings are agent arguments (pool.size=10), system properties"
                + " (-Dpoolwright.pool.size=10) or environment variables (POOLWRIGHT_POOL_SIZE=10).");
        System.out.println("mode=off switches everything off.");
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
        ((BiConsumer<String, Instrumentation>) loader.loadClass("dev.poolwright.agent.AgentStart")
                        .getDeclaredConstructor()
                        .newInstance())
                .accept(arguments == null ? "" : arguments, instrumentation);
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
