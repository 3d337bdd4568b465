package dev.poolwright.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Whether generated code, which lives in an unnamed module, may name a type.
 *
 * <p>By reflection, because Java 8 knows no modules; asked only while a handle class is generated.
 */
final class ModuleExports {

    private static final @Nullable Method GET_MODULE = method(Class.class, "getModule");
    private static final @Nullable Method IS_NAMED = methodOfModule("isNamed");
    private static final @Nullable Method IS_EXPORTED = methodOfModule("isExported", String.class);

    private ModuleExports() {}

    /** Whether the package of {@code type} is exported to everybody. */
    static boolean isExported(Class<?> type) {
        Method getModule = GET_MODULE;
        Method isNamed = IS_NAMED;
        Method isExported = IS_EXPORTED;
        String name = type.getName();
        if (getModule == null || isNamed == null || isExported == null || name.startsWith("java.")) {
            return true;
        }
        try {
            Object module = getModule.invoke(type);
            int dot = name.lastIndexOf('.');
            return !(Boolean) isNamed.invoke(module)
                    || dot < 0
                    || (Boolean) isExported.invoke(module, name.substring(0, dot));
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
