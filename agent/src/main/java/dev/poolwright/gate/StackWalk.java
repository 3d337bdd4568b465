package dev.poolwright.gate;

/** Looks for a pool among the callers of this thread; implemented by a class compiled for Java 9 and later. */
interface StackWalk {

    /** Whether one of the {@code depth} innermost frames is a pool's. */
    boolean finds(KnownPools pools, int depth);
}
