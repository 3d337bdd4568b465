package dev.poolwright.jdbc.generate;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;

/** Types as class files name them; there are hundreds in one interface, so each is spelt once. One thread at a time. */
final class Descriptors {

    private final Map<Class<?>, String> known = new HashMap<>();

    /** {@code java/lang/String}; of an array its descriptor. */
    static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    String of(Method method) {
        return of(method.getReturnType(), method.getParameterTypes());
    }

    String of(Class<?> result, Class<?>... parameters) {
        StringBuilder descriptor = new StringBuilder(64).append('(');
        for (Class<?> parameter : parameters) {
            descriptor.append(of(parameter));
        }
        return descriptor.append(')').append(of(result)).toString();
    }

    String of(Class<?> type) {
        String descriptor = known.get(type);
        if (descriptor == null) {
            descriptor = make(type);
            known.put(type, descriptor);
        }
        return descriptor;
    }

    private static String make(Class<?> type) {
        if (type.isPrimitive()) {
            return String.valueOf(letterOf(type));
        }
        return type.isArray() ? internalName(type) : 'L' + internalName(type) + ';';
    }

    private static char letterOf(Class<?> primitive) {
        if (primitive == void.class) {
            return 'V';
        }
        if (primitive == boolean.class) {
            return 'Z';
        }
        // A long is a J; all others have their first letter.
        return primitive == long.class
                ? 'J'
                : Character.toUpperCase(primitive.getName().charAt(0));
    }
}
