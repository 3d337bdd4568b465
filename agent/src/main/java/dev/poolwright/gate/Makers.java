package dev.poolwright.gate;

/** Tells whether two classes come from the same hands: a driver's own parts from somebody who wraps it. */
final class Makers {

    private Makers() {}

    /** The class named {@code declaring} among the class of {@code object} and its superclasses. */
    static Class<?> of(Object object, String declaring) {
        for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
            if (c.getName().equals(declaring)) {
                return c;
            }
        }
        return object.getClass();
    }

    /** Whether they share their class loader and the first two parts of their names, {@code com.mysql}. */
    static boolean areSame(Class<?> one, Class<?> other) {
        if (one == other) {
            return true;
        }
        String name = one.getName();
        int end = name.indexOf('.', name.indexOf('.') + 1);
        return one.getClassLoader() == other.getClassLoader()
                && end > 0
                && other.getName().startsWith(name.substring(0, end + 1));
    }
}
