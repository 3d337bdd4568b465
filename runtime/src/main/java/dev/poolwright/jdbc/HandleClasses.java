package dev.poolwright.jdbc;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The generated handle class of each driver class, made when first needed and kept as long as that class lives.
 *
 * <p>Safe for any thread.
 */
final class HandleClasses {

    private HandleClasses() {}

    /** A prototype per driver class; or the exception that says why there is none, so that it is tried only once. */
    private static final ClassValue<Object> PROTOTYPES = new ClassValue<Object>() {
        @Override
        protected Object computeValue(Class<?> driverClass) {
            try {
                return HandleGenerator.prototype(driverClass);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
                return new UnsupportedDriverException(driverClass, failure);
            }
        }
    };

    /** The prototype for a class of connections. */
    static ConnectionHandle connection(Class<? extends Connection> driverClass) throws UnsupportedDriverException {
        Object found = PROTOTYPES.get(driverClass);
        if (found instanceof ConnectionHandle) {
            return (ConnectionHandle) found;
        }
        throw found instanceof UnsupportedDriverException
                ? (UnsupportedDriverException) found
                : new UnsupportedDriverException(driverClass, new ClassCastException(String.valueOf(found)));
    }

    /** The prototype for a class of anything else, or null if there can be none: then the raw object is used. */
    static @Nullable ChildHandle child(Class<?> driverClass) {
        Object found = PROTOTYPES.get(driverClass);
        return found instanceof ChildHandle ? (ChildHandle) found : null;
    }
}
