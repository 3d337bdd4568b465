package dev.poolwright.jdbc;

/** No handle can be generated for a driver's class; its connections can only be used as they are. */
public final class UnsupportedDriverException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnsupportedDriverException(Class<?> driverClass, Throwable cause) {
        super("no handle for " + driverClass.getName() + ": " + cause, cause);
    }
}
