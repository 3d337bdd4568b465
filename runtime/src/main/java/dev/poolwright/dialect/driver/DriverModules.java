package dev.poolwright.dialect.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What code of ours, which lives in unnamed modules, may do with classes of a driver that is in a named one: asked once
 * per class. Safe for any thread.
 */
public abstract class DriverModules {

    private static volatile @Nullable DriverModules running;

    /** Uses {@code modules} from now on: for an agent, which can open them, and whose start must not pay for reflection. */
    public static void use(DriverModules modules) {
        running = modules;
    }

    /** Whether generated code may name {@code type}: its package is exported to everybody. */
    public static boolean exports(Class<?> type) {
        return type.getName().startsWith("java.") || running().isExported(type);
    }

    /**
     * Opens the package of {@code type}, which is a driver's, to reflection of ours and of nobody else, where an agent
     * can: what is not public in there is how its data sources and connections tell what they are.
     */
    public static void open(Class<?> type) {
        if (!type.getName().startsWith("java.")) {
            running().openToUs(type);
        }
    }

    private static DriverModules running() {
        DriverModules modules = running;
        if (modules == null) {
            modules = Reflective.INSTANCE;
            running = modules;
        }
        return modules;
    }

    /** Whether {@code type} is in an unnamed module, or its package is exported to everybody. */
    protected abstract boolean isExported(Class<?> type);

    /** See {@link #open}. */
    protected abstract void openToUs(Class<?> type);

    /** By reflection: compiled for Java 8, which knows no modules. */
    private static final class Reflective extends DriverModules {

        // Not as what it is: the verifier would load it where it is not needed.
        static final DriverModules INSTANCE = new Reflective();

        private final @Nullable Method getModule = method(Class.class, "getModule");
        private final @Nullable Method isNamed = methodOfModule("isNamed");
        private final @Nullable Method isExported = methodOfModule("isExported", String.class);

        @Override
        protected boolean isExported(Class<?> type) {
            if (getModule == null || isNamed == null || isExported == null) {
                return true; // Java 8
            }
            try {
                Object module = getModule.invoke(type);
                int dot = type.getName().lastIndexOf('.');
                return !(Boolean) isNamed.invoke(module)
                        || dot < 0
                        || (Boolean) isExported.invoke(module, type.getName().substring(0, dot));
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** Without an agent a module is what it says. */
        @Override
        protected void openToUs(Class<?> type) {}

        private static @Nullable Method methodOfModule(String name, Class<?>... parameters) {
            try {
                return method(Class.forName("java.lang.Module"), name, parameters);
            } catch (ClassNotFoundException java8) {
                return null;
            }
        }

        private static @Nullable Method method(Class<?> owner, String name, Class<?>... parameters) {
            try {
                return owner.getMethod(name, parameters);
            } catch (NoSuchMethodException java8) {
                return null;
            }
        }
    }
}
