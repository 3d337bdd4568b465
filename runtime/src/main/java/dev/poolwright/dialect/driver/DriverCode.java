package dev.poolwright.dialect.driver;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What only a driver's own classes know, asked by name: the driver is the application's, in any version, and nothing of
 * it may be linked.
 */
public final class DriverCode {

    private DriverCode() {}

    /** A way from a connection to what its driver remembers of the server's last message. */
    public static final class Path {

        private static final Path NONE = new Path(new Method[0]);

        private final Method[] steps;

        private Path(Method[] steps) {
            this.steps = steps;
        }

        /**
         * The first way that this version of the driver has.
         *
         * @param ways each a list of {@code class.method} with no arguments, to be called on one another's results
         */
        public static Path of(Class<?> driverClass, String[]... ways) {
            for (String[] way : ways) {
                try {
                    Method[] steps = new Method[way.length];
                    for (int i = 0; i < way.length; i++) {
                        steps[i] = method(driverClass, way[i]);
                    }
                    return new Path(steps);
                } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
                    // The next one, then.
                }
            }
            return NONE;
        }

        public boolean isKnown() {
            return steps.length > 0;
        }

        /** What is at the end of the way, or null if it cannot be walked. */
        public @Nullable Object from(Connection raw) {
            Object at = raw;
            try {
                for (Method step : steps) {
                    at = step.invoke(at);
                }
                return at;
            } catch (ReflectiveOperationException | RuntimeException | LinkageError unreadable) {
                return null;
            }
        }
    }

    /** A field of the driver's that nothing public tells. */
    public static final class Field {

        private final java.lang.reflect.Field field;

        private Field(java.lang.reflect.Field field) {
            this.field = field;
        }

        /** The field of that name, or null if this version of the driver has none, or does not let it be read. */
        public static @Nullable Field of(Class<?> driverClass, String name) {
            try {
                java.lang.reflect.Field field = driverClass.getDeclaredField(name);
                makeAccessible(field, driverClass);
                return new Field(field);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
                return null;
            }
        }

        /** Its value in {@code owner}. */
        public @Nullable Object of(Object owner) {
            try {
                return field.get(owner);
            } catch (IllegalAccessException impossible) {
                return null;
            }
        }
    }

    private static Method method(Class<?> driverClass, String name) throws ReflectiveOperationException {
        int dot = name.lastIndexOf('.');
        Method method = Class.forName(name.substring(0, dot), false, driverClass.getClassLoader())
                .getDeclaredMethod(name.substring(dot + 1));
        makeAccessible(method, method.getDeclaringClass());
        return method;
    }

    /** For what is public in a class that is not, or not public at all. */
    private static void makeAccessible(AccessibleObject member, Class<?> owner) {
        DriverModules.open(owner);
        member.setAccessible(true);
    }

    /**
     * The exception that a static method of the driver makes, or throws.
     *
     * @param name      {@code class.method}
     * @param types     of its parameters
     * @param arguments to call it with
     * @return null if this version of the driver has no such method
     */
    public static @Nullable SQLException exception(
            Connection raw, String name, Class<?>[] types, @Nullable Object... arguments) {
        int dot = name.lastIndexOf('.');
        try {
            Method method = classOf(raw, name.substring(0, dot)).getDeclaredMethod(name.substring(dot + 1), types);
            makeAccessible(method, method.getDeclaringClass());
            Object made = method.invoke(null, arguments);
            return made instanceof SQLException ? (SQLException) made : null;
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            return cause instanceof SQLException ? (SQLException) cause : null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
            return null;
        }
    }

    public static Class<?> classOf(Connection raw, String name) throws ClassNotFoundException {
        return Class.forName(name, true, raw.getClass().getClassLoader());
    }
}
