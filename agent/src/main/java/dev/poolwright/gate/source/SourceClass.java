package dev.poolwright.gate.source;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How calls of one class of data sources are treated. Immutable. */
final class SourceClass {

    private static final String GET_CONNECTION = "getConnection";

    /** Nobody's, or one that a driver's connections go through unseen: what it calls inside is served. */
    static final SourceClass FOREIGN = new SourceClass(null, null, false, false);

    /** What is inside stays untouched. */
    static final SourceClass RAW = new SourceClass(null, null, false, false);

    /** The driver's class that makes the connections; the object may be of a subclass that the application wrote. */
    final @Nullable Class<?> driverClass;

    final @Nullable SourceFields fields;
    private final boolean isExtended;
    private final boolean hasOwnCredentials;

    private SourceClass(
            @Nullable Class<?> driverClass,
            @Nullable SourceFields fields,
            boolean isExtended,
            boolean hasOwnCredentials) {
        this.driverClass = driverClass;
        this.fields = fields;
        this.isExtended = isExtended;
        this.hasOwnCredentials = hasOwnCredentials;
    }

    static SourceClass of(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            KnownSource known = KnownSources.find(c.getName());
            if (known != null) {
                return known.passesThrough ? RAW : of(type, c, known);
            }
        }
        return FOREIGN;
    }

    private static SourceClass of(Class<?> type, Class<?> driverClass, KnownSource known) {
        boolean isExtended = false;
        boolean hasOwnCredentials = false;
        try {
            for (Class<?> c = type; c != driverClass; c = c.getSuperclass()) {
                for (Method method : c.getDeclaredMethods()) {
                    if (method.getName().equals(GET_CONNECTION)) {
                        isExtended = true;
                        hasOwnCredentials |= method.getParameterCount() == 2;
                    } else if (mayDecide(method, driverClass)) {
                        return FOREIGN;
                    }
                }
            }
            return new SourceClass(driverClass, new SourceFields(known, driverClass), isExtended, hasOwnCredentials);
        } catch (RuntimeException | LinkageError unreadable) {
            return FOREIGN;
        }
    }

    /** Whether {@code method} of a subclass takes the place of one that the driver may ask while it connects. */
    private static boolean mayDecide(Method method, Class<?> driverClass) {
        String name = method.getName();
        if ((method.getModifiers() & (Modifier.STATIC | Modifier.PRIVATE)) != 0
                || name.startsWith("set") // called by whoever configures it; what it did is in the fields
                || name.equals("toString")
                || name.equals("unwrap")
                || name.equals("isWrapperFor")) {
            return false;
        }
        for (Class<?> c = driverClass; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method replaced : c.getDeclaredMethods()) {
                if (replaced.getName().equals(name)
                        && Arrays.equals(replaced.getParameterTypes(), method.getParameterTypes())) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Whether this is the driver's own body that makes the connection, and not one of a subclass that does something
     * before or after, or one that is about to call such.
     *
     * @param declaring the class whose {@code getConnection} is entered
     * @param explicit  whether it is the one with credentials
     */
    boolean isDriversOwn(String declaring, boolean explicit) {
        if (!isExtended) {
            return true;
        }
        if (hasOwnCredentials && !explicit) {
            return false;
        }
        for (Class<?> c = driverClass; c != null; c = c.getSuperclass()) {
            if (c.getName().equals(declaring)) {
                return true;
            }
        }
        return false;
    }
}
