package dev.poolwright.jdbc.generate;

import org.jspecify.annotations.Nullable;

/**
 * Defines one generated class: it sees our classes through our own loader and everything else through the driver's.
 *
 * <p>One per generated class, so that it lives no longer than the driver's class.
 */
final class HandleLoader extends ClassLoader {

    private static final String OURS = "dev.poolwright.jdbc.";

    private final @Nullable ClassLoader own = HandleLoader.class.getClassLoader();

    HandleLoader(@Nullable ClassLoader driverLoader) {
        super(driverLoader);
    }

    Class<?> define(String name, byte[] bytes) {
        // With our permissions: a handle on the stack must not take any from the driver below it.
        return defineClass(name, bytes, 0, bytes.length, HandleLoader.class.getProtectionDomain());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        // "dev.poolwright." and not only the package of the bases: their signatures name the pool's types.
        if (name.startsWith(OURS) || name.startsWith("dev.poolwright.pool.")) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : Class.forName(name, false, own);
        }
        return super.loadClass(name, resolve);
    }
}
