package dev.poolwright.agent;

import dev.poolwright.config.Mode;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.control.jmx.Registration;
import dev.poolwright.control.page.Console;
import dev.poolwright.control.request.Commands;
import dev.poolwright.gate.Gate;
import dev.poolwright.gate.observe.ClassWeaver;
import dev.poolwright.weave.HookRoom;
import dev.poolwright.weave.LoadedWeaving;
import dev.poolwright.weave.ObservedWeaving;
import dev.poolwright.weave.Weaving;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The agent's start inside its own loader: registers the weaving and waits. The hook, the gate and all behind it come
 * into being when the application loads the first class that is woven; one without JDBC pays nothing for them.
 *
 * <p>Must not load DriverManager or a driver's class while the hook is made: that happens inside a transformer, where the
 * JVM shows no further class to this agent.
 */
public final class AgentStart implements BiConsumer<String, Instrumentation> {

    private static final String HOOK = "java.sql.PoolwrightHook";

    private volatile @Nullable Hook hook;

    /**
     * Called once, by reflection, from {@link Agent}, and then for each command of an operator; the arguments are empty rather
     * than null.
     */
    @Override
    public void accept(String arguments, Instrumentation instrumentation) {
        if (arguments.startsWith(Commands.PREFIX)) {
            Hook mine = hook;
            if (mine != null) {
                mine.isReady(); // it is made now, if the application has not needed it yet
            }
            Commands.serve(arguments.substring(Commands.PREFIX.length()));
            return;
        }
        Settings settings = Settings.forAgent(arguments, System.getProperties(), System.getenv());
        if (settings.get(Setting.MODE) == Mode.OFF) {
            return; // said in a way that Agent, which must stay small, does not understand
        }
        String file = settings.get(Setting.LOG);
        AgentLog log = new AgentLog(file.isEmpty() ? null : file);
        if (System.getProperty("java.specification.version", "").startsWith("1.")) {
            log.warn("Java 8 is not supported yet, the application runs without it");
            return;
        }
        try {
            JavaSqlModule javaSql = javaSqlModule();
            if (javaSql.isPresent()) {
                Hook made = new Hook(javaSql, instrumentation, settings, log);
                hook = made;
                weave(made, javaSql.loader(), instrumentation, log);
            }
        } catch (Exception failure) {
            log.warn("not active, the application runs without it", failure);
        }
    }

    private static void weave(Hook hook, @Nullable ClassLoader ofJavaSql, Instrumentation instrumentation, AgentLog log)
            throws Exception {
        Weaving weaving = new Weaving(hook);
        instrumentation.addTransformer(weaving, false);
        try {
            weaveLoaded(hook, ofJavaSql, instrumentation);
        } catch (UnmodifiableClassException | RuntimeException | Error failure) {
            instrumentation.removeTransformer(weaving);
            throw failure;
        }
        log.info("waiting for the application's first connection");
    }

    /** At an attach, or after another agent's JDBC: that transformer stays, else a later retransformation undoes it. */
    private static void weaveLoaded(Hook hook, @Nullable ClassLoader ofJavaSql, Instrumentation instrumentation)
            throws UnmodifiableClassException {
        List<Class<?>> loaded = LoadedClasses.toBeWoven(instrumentation, ofJavaSql);
        if (loaded.isEmpty()) {
            return;
        }
        if (LoadedClasses.isManagementThere(instrumentation)) {
            hook.sawManagement();
        }
        for (ClassLoader loader : LoadedClasses.usingOpenTelemetry(instrumentation)) {
            hook.sawOpenTelemetry(loader);
        }
        instrumentation.addTransformer(new LoadedWeaving(hook), true);
        for (Class<?> type : loaded) {
            try {
                instrumentation.retransformClasses(type); // one by one: a class that cannot be takes no other with it
            } catch (UnmodifiableClassException | RuntimeException | Error failure) {
                if (type.getName().equals(LoadedClasses.DRIVER_MANAGER)) {
                    throw failure;
                }
                hook.leftAlone(type.getName(), failure);
            }
        }
    }

    private static JavaSqlModule javaSqlModule() throws ReflectiveOperationException {
        return Class.forName("dev.poolwright.agent.HookDefiner")
                .asSubclass(JavaSqlModule.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** The hook class and the gate behind it: made once, by the first thread that loads a class to be woven. */
    private static final class Hook implements HookRoom, ClassWeaver, Runnable {

        private final Object lock = new Object();
        private final JavaSqlModule javaSql;
        private final Instrumentation instrumentation;
        private final Settings settings;
        private final AgentLog log;
        private boolean tried; // guarded by lock
        private boolean ready; // guarded by lock
        private boolean managed; // guarded by lock
        private List<WeakReference<ClassLoader>> traced = Collections.emptyList(); // guarded by lock; before ready only
        private volatile @Nullable ObservedWeaving observed; // written under lock; read at each borrow of other pools

        Hook(JavaSqlModule javaSql, Instrumentation instrumentation, Settings settings, AgentLog log) {
            this.javaSql = javaSql;
            this.instrumentation = instrumentation;
            this.settings = settings;
            this.log = log;
        }

        @Override
        public boolean isReady() {
            // Threads that load other JDBC classes wait here: woven code must not run before the hook exists.
            synchronized (lock) {
                if (!tried) {
                    tried = true;
                    ready = make();
                    if (ready && managed) {
                        Registration.seen();
                    }
                    for (WeakReference<ClassLoader> each : traced) {
                        ClassLoader loader = each.get();
                        if (ready && loader != null) {
                            Gate.sawOpenTelemetry(loader);
                        }
                    }
                    traced = Collections.emptyList();
                }
                return ready;
            }
        }

        /** There is something to manage once the gate is open. */
        @Override
        public void sawManagement() {
            synchronized (lock) {
                if (!managed) {
                    managed = true;
                    if (ready) {
                        Registration.seen();
                    }
                }
            }
        }

        /** Nobody is told before there is a gate; held weakly, since there may never be one. */
        @Override
        public void sawOpenTelemetry(ClassLoader loader) {
            synchronized (lock) {
                if (!tried) {
                    List<WeakReference<ClassLoader>> more = new ArrayList<>(traced);
                    more.add(new WeakReference<>(loader));
                    traced = more;
                    return;
                }
                if (!ready) {
                    return;
                }
            }
            try {
                Gate.sawOpenTelemetry(loader);
            } catch (Throwable accident) {
                log.info("telemetry does not join the application's own: " + accident);
            }
        }

        private boolean make() {
            try {
                if (!javaSql.define(instrumentation, HOOK, hookBytes())) {
                    return false;
                }
                // Through a method of the gate: this class must link before the hook exists.
                Gate.open(settings, log, this, this);
                return true;
            } catch (Throwable failure) {
                log.warn("not active, the application runs without it", failure);
                return false;
            }
        }

        /** The first engine or session is about to be, and there is to be a page. */
        @Override
        public void run() {
            Console.open();
        }

        @Override
        public void leftAlone(String className, Throwable reason) {
            log.warn("could not weave " + className + ", its connections are not pooled", reason);
        }

        @Override
        public void notObserved(String className, Throwable reason) {
            log.info("not observed, cannot weave " + className + ": " + reason);
        }

        @Override
        public boolean tells(Class<?> type, int parts) {
            return observed().tells(type, parts);
        }

        private ObservedWeaving observed() {
            ObservedWeaving known = observed;
            if (known != null) {
                return known;
            }
            synchronized (lock) {
                known = observed;
                if (known == null) {
                    known = new ObservedWeaving(instrumentation, this);
                    observed = known;
                }
                return known;
            }
        }

        @Override
        public void sessionsLeftAlone(int library, @Nullable ClassLoader loader, String className, Throwable reason) {
            String name = Gate.unknownLibrary(library, loader);
            if (name != null) {
                log.warn(
                        name + ": its sessions and flushes are not watched, " + className + " is not as we know it",
                        reason);
            }
        }

        @Override
        public void sawPool(String className) {
            Gate.sawHandOut(className);
        }

        @Override
        public void woven(String className) {
            Gate.sawHandOut(className);
            if (log.hasFile()) {
                log.info("wove " + className);
            }
        }

        private static byte[] hookBytes() throws IOException {
            ClassLoader mine = AgentStart.class.getClassLoader();
            try (InputStream in = mine.getResourceAsStream("java/sql/PoolwrightHook.class")) {
                if (in == null) {
                    throw new IOException("the agent jar is incomplete: " + HOOK);
                }
                byte[] bytes = new byte[16_384];
                int length = 0;
                for (int more = 0; more >= 0; more = in.read(bytes, length, bytes.length - length)) {
                    length += more;
                    if (length == bytes.length) {
                        bytes = Arrays.copyOf(bytes, 2 * length);
                    }
                }
                return Arrays.copyOf(bytes, length);
            }
        }
    }
}
