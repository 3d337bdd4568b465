package dev.poolwright.jdbc.generate;

import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.ResultSetHandle;
import dev.poolwright.jdbc.StatementHandle;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What a generated method must tell its guard when it begins. */
enum CallKind {
    /** Cannot begin a transaction. */
    CALL("beginCall"),
    /** May begin a transaction. */
    WORK("beginWork"),
    /** A vendor's method that cannot throw {@code SQLException}; what it does is not known. */
    UNCHECKED("beginCallUnchecked");

    /** Methods of a connection that send nothing to the server, or nothing that could begin a transaction. */
    private static final Set<String> QUIET_ON_CONNECTION = new HashSet<>(Arrays.asList(
            "createStatement",
            "prepareStatement",
            "prepareCall",
            "getAutoCommit",
            "nativeSQL",
            "isReadOnly",
            "getHoldability",
            "getNetworkTimeout",
            "getClientInfo"));

    private static final Set<String> WRITES_OF_RESULT_SET =
            new HashSet<>(Arrays.asList("insertRow", "updateRow", "deleteRow", "refreshRow"));

    private final String begin;

    CallKind(String begin) {
        this.begin = begin;
    }

    /** The method of {@link CallGuard} that begins such a call. */
    String begin() {
        return begin;
    }

    static CallKind of(Class<?> parent, Method method) {
        if (!throwsSqlException(method)) {
            return UNCHECKED;
        }
        return mayBeginTransaction(parent, method) ? WORK : CALL;
    }

    /**
     * Whether {@code method} of a connection may set something for the rest of the session that is not brought back:
     * the setters of the vendor's own interface, and those of a newer JDBC than this code knows.
     */
    static boolean changesSession(Class<?> parent, Method method) {
        if (parent != ConnectionHandle.class || method.getReturnType() != void.class) {
            return false;
        }
        String name = method.getName();
        return method.getDeclaringClass().getName().startsWith("java.")
                ? name.startsWith("set")
                : !name.startsWith("cancel");
    }

    private static boolean throwsSqlException(Method method) {
        for (Class<?> declared : method.getExceptionTypes()) {
            if (declared.isAssignableFrom(SQLException.class)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayBeginTransaction(Class<?> parent, Method method) {
        if (!method.getDeclaringClass().getName().startsWith("java.")) {
            return true;
        }
        if (parent == ConnectionHandle.class) {
            return !QUIET_ON_CONNECTION.contains(method.getName()) || mayWarn(method);
        }
        if (parent == StatementHandle.class) {
            return method.getName().startsWith("execute");
        }
        return parent != ResultSetHandle.class || WRITES_OF_RESULT_SET.contains(method.getName());
    }

    /** A statement of a kind that the driver has not is another kind, and the connection has a warning then. */
    private static boolean mayWarn(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 1 && parameters[parameters.length - 1] == int.class && !takesKeys(parameters);
    }

    private static boolean takesKeys(Class<?>[] parameters) {
        return parameters.length == 2 && parameters[0] == String.class;
    }
}
