package dev.poolwright.agent;

import dev.poolwright.house.ThreadMaker;

/** Makes threads that inherit nothing. Compiled for Java 9, unlike its surroundings. */
final class BareThreads implements ThreadMaker {

    @Override
    public Thread make(ThreadGroup group, Runnable work, String name) {
        return new Thread(group, work, name, 0, false);
    }
}
