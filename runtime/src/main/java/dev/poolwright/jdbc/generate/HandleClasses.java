package dev.poolwright.jdbc.generate;

import dev.poolwright.jdbc.ChildHandle;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.HandleFactory;
import dev.poolwright.jdbc.UnsupportedDriverException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The generated handle class of each driver class, made when first needed and kept as long as that class lives.
 *
 * <p>Safe for any thread.
 */
public final class HandleClasses implements HandleFactory {

    private static final HandleFactory FACTORY = new HandleClasses();

    private HandleClasses() {}

    /** The one of this class loader. */
    public static HandleFactory factory() {
        return FACTORY;
    }

    /** A prototype per driver class; or the exception that says why there is none, so that it is tried only once. */
    private static final ClassValue<Object> PROTOTYPES = new ClassValue<Object>() {
        @Override
        @SuppressWarnings({"removal", "deprecation"}) // Applications have security managers up to Java 23.
        protected Object computeValue(final Class<?> driverClass) {
            // Some statement of the application is the first of its class: that needs no permission of its own.
            return AccessController.doPrivileged(new PrivilegedAction<Object>() {
                @Override
                public Object run() {
                    return make(driverClass);
                }
            });
        }
    };

    private static Object make(Class<?> driverClass) {
        try {
            return HandleGenerator.prototype(driverClass);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
            return new UnsupportedDriverException(driverClass, failure);
        }
    }

    @Override
    public ConnectionHandle connection(Class<? extends Connection> driverClass) throws UnsupportedDriverException {
        Object found = PROTOTYPES.get(driverClass);
        if (found instanceof ConnectionHandle) {
            return (ConnectionHandle) found;
        }
        throw found instanceof UnsupportedDriverException
                ? (UnsupportedDriverException) found
                : new UnsupportedDriverException(driverClass, new ClassCastException(String.valueOf(found)));
    }

    @Override
    public @Nullable ChildHandle child(Class<?> driverClass) {
        Object found = PROTOTYPES.get(driverClass);
        return found instanceof ChildHandle ? (ChildHandle) found : null;
    }
}
