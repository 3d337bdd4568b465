package dev.poolwright.jdbc.generate;

import org.jspecify.annotations.Nullable;

/**
 * Where a generated class leaves its prototype when it is initialised: making it by reflection instead would cost tens
 * of milliseconds at the start of an application on JDK 25.
 */
public final class Prototypes {

    private static final Object LOCK = new Object();
    private static @Nullable Object made;

    private Prototypes() {}

    /** Called by the initialiser of a generated class, while {@link #of} holds the lock. */
    public static void made(Object prototype) {
        made = prototype;
    }

    /** The prototype of a class that has just been defined. */
    static Object of(Class<?> generated) throws ClassNotFoundException {
        synchronized (LOCK) {
            made = null;
            Class.forName(generated.getName(), true, generated.getClassLoader());
            Object prototype = made;
            made = null;
            if (prototype == null) {
                throw new IllegalStateException(generated.getName() + " left no prototype");
            }
            return prototype;
        }
    }
}
