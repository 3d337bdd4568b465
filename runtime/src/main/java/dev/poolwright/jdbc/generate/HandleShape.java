package dev.poolwright.jdbc.generate;

import dev.poolwright.dialect.driver.DriverModules;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.DescriptionHandle;
import dev.poolwright.jdbc.FreeableHandle;
import dev.poolwright.jdbc.MetaDataHandle;
import dev.poolwright.jdbc.ResultSetHandle;
import dev.poolwright.jdbc.SavepointHandle;
import dev.poolwright.jdbc.StatementHandle;
import dev.poolwright.jdbc.ValueHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the handle of one driver class looks like: which hand-written class it extends, which interfaces it
 * implements, which methods are left to generate, and as what it may call the driver's object.
 */
final class HandleShape {

    private final Class<?> parent;
    private final Class<?> delegate;
    private final String delegateName;
    private final List<Class<?>> interfaces;
    private final Map<String, Method> methods;

    private HandleShape(Class<?> parent, Class<?> delegate, List<Class<?>> interfaces, Map<String, Method> methods) {
        this.parent = parent;
        this.delegate = delegate;
        this.delegateName = Descriptors.internalName(delegate);
        this.interfaces = interfaces;
        this.methods = methods;
    }

    /**
     * The shape for {@code driverClass}.
     *
     * @throws IllegalArgumentException it is nothing a handle can stand for
     */
    static HandleShape of(Class<?> driverClass) {
        Class<?> main = mainInterface(driverClass);
        Set<Class<?>> found = new LinkedHashSet<>();
        found.add(main);
        collectInterfaces(driverClass, found);
        List<Class<?>> interfaces = new ArrayList<>(found);
        Class<?> parent = parentOf(main);
        return new HandleShape(
                parent, accessibleClass(driverClass, main), interfaces, methodsToGenerate(parent, interfaces));
    }

    /** The hand-written class to extend. */
    Class<?> parent() {
        return parent;
    }

    /** The most specific type as which generated code may call the driver's object. */
    Class<?> delegate() {
        return delegate;
    }

    /** Its internal name. */
    String delegateName() {
        return delegateName;
    }

    /** The interfaces to implement. */
    List<Class<?>> interfaces() {
        return interfaces;
    }

    /** The methods the parent does not have, each name and signature once. */
    Map<String, Method> methods() {
        return methods;
    }

    private static Class<?> mainInterface(Class<?> driverClass) {
        Class<?>[] kinds = {
            Connection.class,
            java.sql.CallableStatement.class,
            java.sql.PreparedStatement.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Savepoint.class
        };
        for (Class<?> kind : kinds) {
            if (kind.isAssignableFrom(driverClass)) {
                return kind;
            }
        }
        Class<?> value = ValueHandle.interfaceOf(driverClass);
        if (value != null) {
            return value;
        }
        throw new IllegalArgumentException(driverClass.getName() + " is no JDBC type");
    }

    private static Class<?> parentOf(Class<?> main) {
        if (main == Connection.class) {
            return ConnectionHandle.class;
        }
        if (Statement.class.isAssignableFrom(main)) {
            return StatementHandle.class;
        }
        if (main == ResultSet.class) {
            return ResultSetHandle.class;
        }
        if (main == DatabaseMetaData.class) {
            return MetaDataHandle.class;
        }
        if (main == Savepoint.class) {
            return SavepointHandle.class;
        }
        if (main == ResultSetMetaData.class) {
            return DescriptionHandle.class;
        }
        return isFreeable(main) ? FreeableHandle.class : ValueHandle.class;
    }

    private static boolean isFreeable(Class<?> main) {
        return Clob.class.isAssignableFrom(main) || main == Blob.class || main == Array.class || main == SQLXML.class;
    }

    private static void collectInterfaces(Class<?> type, Set<Class<?>> found) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> i : c.getInterfaces()) {
                if (isAccessible(i)) {
                    found.add(i);
                }
                collectInterfaces(i, found);
            }
        }
    }

    private static Class<?> accessibleClass(Class<?> driverClass, Class<?> main) {
        for (Class<?> c = driverClass; c != null && main.isAssignableFrom(c); c = c.getSuperclass()) {
            if (isAccessible(c)) {
                return c;
            }
        }
        return main;
    }

    private static boolean isAccessible(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getDeclaringClass()) {
            if (!Modifier.isPublic(c.getModifiers())) {
                return false;
            }
        }
        return DriverModules.exports(type);
    }

    private static Map<String, Method> methodsToGenerate(Class<?> parent, List<Class<?>> interfaces) {
        Descriptors descriptors = new Descriptors();
        Set<String> written = new HashSet<>();
        for (Class<?> c = parent; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (!Modifier.isAbstract(method.getModifiers()) && Modifier.isPublic(method.getModifiers())) {
                    written.add(method.getName() + descriptors.of(method));
                }
            }
        }
        Map<String, Method> methods = new LinkedHashMap<>();
        // What a vendor's interface declares once more is JDBC's all the same.
        addMethods(interfaces, true, written, descriptors, methods);
        addMethods(interfaces, false, written, descriptors, methods);
        return methods;
    }

    private static void addMethods(
            List<Class<?>> interfaces,
            boolean ofJdk,
            Set<String> written,
            Descriptors descriptors,
            Map<String, Method> methods) {
        for (Class<?> i : interfaces) {
            if (i.getName().startsWith("java") != ofJdk) {
                continue;
            }
            // Not all it has: what it inherits from accessible interfaces is declared by one of the others.
            for (Method method : i.getDeclaredMethods()) {
                if ((method.getModifiers() & (Modifier.STATIC | Modifier.PUBLIC)) != Modifier.PUBLIC) {
                    continue;
                }
                String signature = method.getName() + descriptors.of(method);
                if (!written.contains(signature) && !methods.containsKey(signature) && isCallable(method)) {
                    methods.put(signature, method);
                }
            }
        }
    }

    /** Object's own methods re-declared by an interface are not generated: a handle has its own identity. */
    private static boolean isCallable(Method method) {
        switch (method.getName()) {
            case "equals":
                return method.getParameterCount() != 1 || method.getParameterTypes()[0] != Object.class;
            case "hashCode":
            case "toString":
                return method.getParameterCount() != 0;
            default:
                return true;
        }
    }
}
