package dev.poolwright.jdbc;

import dev.poolwright.dialect.Dialect;
import java.io.ByteArrayInputStream;
import java.io.CharArrayReader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Struct;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a result the driver returned: a handle in its place, or the same object, and then the lease counts as
 * escaped if that object could still reach the connection after it was closed. Called by generated classes, inside the
 * call; all methods have the same signature.
 */
public final class Wrapping {

    private Wrapping() {}

    /** For methods that return a statement. */
    public static @Nullable Object statement(
            ConnectionHandle connection, @Nullable Object raw, @Nullable StatementHandle of, int call) {
        if (raw == null) {
            return null;
        }
        Statement made = connection.newStatement((Statement) raw, call);
        // One driver's closed connection still makes statements, which refuse to be executed.
        if (call == CallGuard.AFTER_CLOSE
                && made instanceof StatementHandle
                && connection.isOfClosed((Statement) raw)) {
            ((StatementHandle) made).madeAfterClose();
        }
        return made;
    }

    /** For methods that return a result set. */
    public static @Nullable Object resultSet(
            ConnectionHandle connection, @Nullable Object raw, @Nullable StatementHandle of, int call) {
        if (raw == null) {
            return null;
        }
        return of == null ? connection.newResultSet((ResultSet) raw, null, call) : of.result((ResultSet) raw, call);
    }

    /** For vendor methods that return a connection. */
    public static @Nullable Object connection(
            ConnectionHandle connection, @Nullable Object raw, @Nullable StatementHandle of, int call) {
        if (raw == connection.poolwrightRaw()) {
            return connection;
        }
        return escaping(connection, raw);
    }

    /** For methods that return an array, a LOB, a description or the like. */
    public static @Nullable Object value(
            ConnectionHandle connection, @Nullable Object raw, @Nullable StatementHandle of, int call) {
        return raw == null ? null : connection.newValue(raw);
    }

    /** For {@code getObject}: whatever it is. */
    public static @Nullable Object object(
            ConnectionHandle connection, @Nullable Object raw, @Nullable StatementHandle of, int call) {
        if (raw == null) {
            return null;
        }
        Class<?> type = raw.getClass();
        if (type.getName().startsWith("java.lang.") || type.getName().startsWith("java.math.")) {
            return raw;
        }
        if (raw instanceof ResultSet) {
            connection.gaveValue();
            return connection.newResultSet((ResultSet) raw, null, call);
        }
        if (raw instanceof Connection) {
            return connection(connection, raw, of, call);
        }
        if (ValueHandle.interfaceOf(type) != null) {
            return connection.newValue(raw);
        }
        return raw instanceof Struct || isStream(type) ? escaping(connection, raw) : raw;
    }

    /** For everything else of which {@link #mayHoldConnection} says so. */
    public static @Nullable Object other(
            ConnectionHandle connection, @Nullable Object raw, @Nullable StatementHandle of, int call) {
        return escaping(connection, raw);
    }

    private static @Nullable Object escaping(ConnectionHandle connection, @Nullable Object raw) {
        if (raw != null && !isHarmless(connection.lending().dialect(), raw.getClass())) {
            connection.handOut(raw);
        }
        return raw;
    }

    private static boolean isHarmless(Dialect dialect, Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive()
                || element == ByteArrayInputStream.class
                || element == CharArrayReader.class
                || element == StringReader.class
                || dialect.isVendorValue(element);
    }

    /** Whether a result declared as {@code type} could be something that still knows its connection. */
    public static boolean mayHoldConnection(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isPrimitive() || element.isEnum()) {
            return false;
        }
        return !element.getName().startsWith("java.") || element == Struct.class || isStream(element);
    }

    private static boolean isStream(Class<?> type) {
        String name = type.getName();
        return java.io.Closeable.class.isAssignableFrom(type)
                || java.io.Reader.class.isAssignableFrom(type)
                || name.startsWith("javax.xml.");
    }
}
