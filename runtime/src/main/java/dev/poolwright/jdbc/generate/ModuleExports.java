package dev.poolwright.jdbc.generate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Whether generated code, which lives in an unnamed module, may name a type; asked only while a handle class is
 * generated. Safe for any thread.
 */
public abstract class ModuleExports {

    private static volatile @Nullable ModuleExports running;

    /** Uses {@code exports} from now on: for an agent, whose start must not pay for reflection. */
    public static void use(ModuleExports exports) {
        running = exports;
    }

    /** Whether the package of {@code type} is exported to everybody. */
    static boolean allows(Class<?> type) {
        ModuleExports exports = running;
        if (exports == null) {
            exports = Reflective.INSTANCE;
            running = exports;
        }
        return type.getName().startsWith("java.") || exports.isExported(type);
    }

    /** Whether {@code type} is in an unnamed module, or its package is exported to everybody. */
    protected abstract boolean isExported(Class<?> type);

    /** By reflection: compiled for Java 8, which knows no modules. */
    private static final class Reflective extends ModuleExports {

        // Not as what it is: the verifier would load it where it is not needed.
        static final ModuleExports INSTANCE = new Reflective();

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
