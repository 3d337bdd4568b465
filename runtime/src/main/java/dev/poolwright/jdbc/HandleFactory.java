package dev.poolwright.jdbc;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Knows a prototype of the handle for each class of a driver. Safe for any thread. */
public interface HandleFactory {

    /**
     * The prototype for a class of connections.
     *
     * @throws UnsupportedDriverException there can be none
     */
    ConnectionHandle connection(Class<? extends Connection> driverClass) throws UnsupportedDriverException;

    /** The prototype for a class of anything else, or null if there can be none: then the raw object is used. */
    @Nullable
    ChildHandle child(Class<?> driverClass);
}
