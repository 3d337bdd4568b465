package dev.poolwright.session.library;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * A public method without parameters, known by its name only, of whatever class has one. Looked up once per class and
 * kept with that class, which goes when its loader goes. Safe for any thread.
 */
final class Getter extends ClassValue<MethodHandle> {

    private static final MethodType OBJECT_TO_OBJECT = MethodType.methodType(Object.class, Object.class);

    private final String name;

    private final ClassValue<Boolean> existence = new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                method(type);
                return Boolean.TRUE;
            } catch (NoSuchMethodException without) {
                return Boolean.FALSE;
            }
        }
    };

    Getter(String name) {
        this.name = name;
    }

    /**
     * What the method returns, boxed if need be.
     *
     * @throws UnsupportedOperationException the receiver's class has no such method; not remembered
     * @throws Throwable                     what the method threw
     */
    Object of(Object receiver) throws Throwable {
        return (Object) get(receiver.getClass()).invokeExact(receiver);
    }

    /** Whether the receiver's class has it. */
    boolean isOf(Object receiver) {
        return existence.get(receiver.getClass());
    }

    @Override
    protected MethodHandle computeValue(Class<?> type) {
        try {
            return MethodHandles.publicLookup().unreflect(method(type)).asType(OBJECT_TO_OBJECT);
        } catch (ReflectiveOperationException failure) {
            throw new UnsupportedOperationException("no public method " + name + "() in " + type.getName(), failure);
        }
    }

    /** As declared by the nearest ancestor that is public: through others it cannot be called from here. */
    private Method method(Class<?> type) throws NoSuchMethodException {
        for (Class<?> ancestor = type; ancestor != null; ancestor = ancestor.getSuperclass()) {
            if (Modifier.isPublic(ancestor.getModifiers())) {
                Method method = ancestor.getMethod(name);
                if (Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
                    return method;
                }
            }
        }
        throw new NoSuchMethodException(name);
    }
}
