package dev.poolwright.house;

/** Makes the housekeeper's thread; for an agent, whose start must not pay for the reflection this takes on Java 8 API. */
public interface ThreadMaker {

    /** A thread, not started, that has none of the calling thread's inheritable thread locals. */
    Thread make(ThreadGroup group, Runnable work, String name);
}
