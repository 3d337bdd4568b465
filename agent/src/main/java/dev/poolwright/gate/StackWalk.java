package dev.poolwright.gate;

/** Looks for a pool among the callers of this thread; implemented by a class compiled for Java 9 and later. */
interface StackWalk {

    /** Whether one of the {@code depth} innermost frames is a pool's. */
    boolean finds(KnownPools pools, int depth);

    /**
     * Whether the outermost call of those that lead from an application to a driver, through what pools and drivers put
     * around its connections, is a word of JDBC for the end of a transaction.
     *
     * @param driver the class of the driver's connection
     * @param depth  how many frames are looked at
     */
    boolean isWordOfApplication(KnownPools pools, Class<?> driver, int depth);
}
