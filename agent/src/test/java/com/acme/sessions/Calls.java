package com.acme.sessions;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** Calls by name: the same program runs with versions of a library that return different types. */
final class Calls {

    private Calls() {}

    /** The one public method of that name that takes these arguments. */
    static Object call(Object target, String name, Object... arguments) throws Exception {
        Method method = method(target.getClass(), name, arguments);
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof Exception) {
                throw (Exception) failed.getCause();
            }
            throw failed;
        }
    }

    /** Of a class, by its name; what it takes is found as {@link #call} does. */
    static Object callStatic(String type, String name, Object... arguments) throws Exception {
        for (Method method : Class.forName(type).getMethods()) {
            if (method.getName().equals(name)
                    && Modifier.isStatic(method.getModifiers())
                    && takes(method.getParameterTypes(), arguments)) {
                return method.invoke(null, arguments);
            }
        }
        throw new IllegalArgumentException("no " + name + " in " + type);
    }

    /** A new object of a class, by its name. */
    static Object make(String type, Object... arguments) throws Exception {
        for (Constructor<?> constructor : Class.forName(type).getConstructors()) {
            if (takes(constructor.getParameterTypes(), arguments)) {
                return constructor.newInstance(arguments);
            }
        }
        throw new IllegalArgumentException("no such constructor of " + type);
    }

    /** Whether there is one. */
    static boolean has(Object target, String name, Object... arguments) {
        return find(target.getClass(), name, arguments) != null;
    }

    /** A call without arguments that leaves no frame of its own on the stack: who calls it is the application's line. */
    static MethodHandle bound(Object target, String name, Object... arguments) throws IllegalAccessException {
        MethodHandle handle = MethodHandles.publicLookup().unreflect(method(target.getClass(), name, arguments));
        return MethodHandles.insertArguments(handle.bindTo(target), 0, arguments);
    }

    private static Method method(Class<?> type, String name, Object... arguments) {
        Method found = find(type, name, arguments);
        if (found == null) {
            throw new IllegalArgumentException("no " + name + " in " + type);
        }
        return found;
    }

    private static Method find(Class<?> type, String name, Object... arguments) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Class<?> declaring : withInterfaces(c)) {
                if (!Modifier.isPublic(declaring.getModifiers())) {
                    continue;
                }
                for (Method method : declaring.getMethods()) {
                    if (method.getName().equals(name)
                            && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                            && takes(method.getParameterTypes(), arguments)) {
                        return method;
                    }
                }
            }
        }
        return null;
    }

    private static Class<?>[] withInterfaces(Class<?> type) {
        Class<?>[] all = new Class<?>[type.getInterfaces().length + 1];
        all[0] = type;
        System.arraycopy(type.getInterfaces(), 0, all, 1, all.length - 1);
        return all;
    }

    private static boolean takes(Class<?>[] types, Object[] arguments) {
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            boolean fits =
                    types[i].isInstance(arguments[i]) || (types[i] == boolean.class && arguments[i] instanceof Boolean);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
