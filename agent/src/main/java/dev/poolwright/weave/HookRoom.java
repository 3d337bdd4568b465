package dev.poolwright.weave;

import org.jspecify.annotations.Nullable;

/** What the weaving needs of the agent: the hook in its place, and somebody to tell. Any thread may call. */
public interface HookRoom {

    /** Whether woven code would find the hook; the first call makes it. Nothing is woven while this is false. */
    boolean isReady();

    /** Somebody makes an MBean server. */
    void sawManagement();

    /** An application is about to use the context of its OpenTelemetry, which {@code loader} is loading. */
    void sawOpenTelemetry(ClassLoader loader);

    /** A class of a pool is being loaded that is not rewritten. */
    void sawPool(String className);

    /** A class was rewritten. */
    void woven(String className);

    /** A class that should have been rewritten could not be; told once for each name. */
    void leftAlone(String className, Throwable reason);

    /** A class of a connection or statement of another pool cannot be rewritten: it is not observed. */
    void notObserved(String className, Throwable reason);

    /**
     * A class of a library whose sessions are watched is not as we know it: of that copy of the library, nothing is
     * watched.
     *
     * @param library its number
     * @param loader  the copy's
     */
    void sessionsLeftAlone(int library, @Nullable ClassLoader loader, String className, Throwable reason);
}
