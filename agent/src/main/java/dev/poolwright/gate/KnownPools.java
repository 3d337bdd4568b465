package dev.poolwright.gate;

import dev.poolwright.leak.Libraries;
import org.jspecify.annotations.Nullable;

/**
 * Recognises callers that are themselves a pool: what they take is theirs for the life of the application, and is handed
 * out raw.
 */
final class KnownPools {

    /** How far up the stack a pool's own code is looked for. */
    private static final int DEPTH = 24;

    /** How far up the stack the application is looked for behind what pools and drivers put around a connection. */
    private static final int DEPTH_OF_WRAPPERS = 64;

    /** The library's engines pool as well, and report themselves. */
    private static final String OURS = "dev.poolwright.engine.";

    /** Whether any class of a pool that hands out connections was ever loaded. */
    private static volatile boolean loaded;

    private final ClassValue<Boolean> pools = new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                if (isPool(c.getName())) {
                    return Boolean.TRUE;
                }
            }
            return Boolean.FALSE;
        }
    };

    /** A class that hands out connections is being loaded. */
    static void sawHandOut(String className) {
        if (!loaded && isPool(className)) {
            loaded = true;
        }
    }

    /** Whether there may be one on some stack: without, nobody pays for looking. */
    static boolean areLoaded() {
        return loaded;
    }

    /** Whether {@code caller} belongs to a pool, or to a subclass of one; answered from a cache. */
    boolean isPool(Class<?> caller) {
        return pools.get(caller);
    }

    /** Whether a pool is among the callers of this thread; some microseconds, for when a connection is opened. */
    boolean isOnStack() {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        for (int i = 1; i < stack.length && i < DEPTH; i++) {
            if (isPool(stack[i].getClassName())) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #isOnStack}, cheaper where it is asked often: its first use loads some classes of the JDK. */
    boolean isOnStackOften() {
        StackWalk walk = Walk.INSTANCE;
        return walk == null ? isOnStack() : walk.finds(this, DEPTH);
    }

    /** Java 9's way, if this is 9. */
    private static final class Walk {

        static final @Nullable StackWalk INSTANCE = make();

        private static @Nullable StackWalk make() {
            try {
                return Class.forName("dev.poolwright.gate.WalkedStack")
                        .asSubclass(StackWalk.class)
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException | LinkageError java8) {
                return null;
            }
        }
    }

    private static boolean isPool(String className) {
        return Libraries.isPool(className) || className.startsWith(OURS);
    }

    /** Whether {@code pool} is an engine of the library. */
    static boolean isOurs(Class<?> pool) {
        return pool.getName().startsWith(OURS);
    }

    /**
     * Whether the application asked for the end of a transaction that {@code driver}'s connection is ending on this
     * thread, in whatever words of JDBC.
     */
    boolean isWordOfApplication(Class<?> driver) {
        StackWalk walk = Walk.INSTANCE;
        return walk == null || walk.isWordOfApplication(this, driver, DEPTH_OF_WRAPPERS);
    }
}
