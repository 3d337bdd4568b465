package dev.poolwright.session.library;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/** A field known by its name, where a library has no method for it. As {@link Getter}. */
final class FieldGetter extends ClassValue<MethodHandle> {

    private static final MethodType OBJECT_TO_OBJECT = MethodType.methodType(Object.class, Object.class);

    private final String name;

    FieldGetter(String name) {
        this.name = name;
    }

    /**
     * What it holds.
     *
     * @throws UnsupportedOperationException there is no such field, or it is not to be read
     */
    Object of(Object owner) throws Throwable {
        return (Object) get(owner.getClass()).invokeExact(owner);
    }

    @Override
    protected MethodHandle computeValue(Class<?> type) {
        for (Class<?> ancestor = type; ancestor != null; ancestor = ancestor.getSuperclass()) {
            for (Field field : ancestor.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return readerOf(field);
                }
            }
        }
        throw new UnsupportedOperationException("no field " + name + " in " + type.getName());
    }

    private static MethodHandle readerOf(Field field) {
        try {
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field).asType(OBJECT_TO_OBJECT);
        } catch (IllegalAccessException | RuntimeException closed) {
            throw new UnsupportedOperationException("cannot read " + field, closed);
        }
    }
}
