package dev.poolwright.house;

import java.lang.reflect.Constructor;
import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a thread of ours so that it keeps nothing of the application thread that happened to need it first: not its
 * class loader, thread group, access control context or inheritable thread locals.
 */
final class HousekeeperThread implements PrivilegedAction<Thread> {

    private static final String NAME = "poolwright-housekeeper";

    private static volatile @Nullable ThreadMaker maker;

    /** From Java 9 on: without inheritable thread locals. */
    private static volatile @Nullable Constructor<Thread> constructor;

    private final Runnable work;
    private final String name;

    private HousekeeperThread(Runnable work, String name) {
        this.work = work;
        this.name = name;
    }

    static void madeBy(ThreadMaker newMaker) {
        maker = newMaker;
    }

    static Thread start(Runnable rounds) {
        Thread thread = make(rounds, NAME);
        thread.start();
        return thread;
    }

    /** A daemon, not started. */
    @SuppressWarnings({"removal", "deprecation"}) // The context a thread inherits exists up to Java 23.
    static Thread make(Runnable work, String name) {
        return AccessController.doPrivileged(new HousekeeperThread(work, name));
    }

    @Override
    public Thread run() {
        Thread thread = create();
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    private Thread create() {
        ThreadMaker given = maker;
        return given == null ? byReflection() : given.make(rootGroup(), work, name);
    }

    private Thread byReflection() {
        Constructor<Thread> known = constructor;
        try {
            if (known == null) {
                known = Thread.class.getConstructor(
                        ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class);
                constructor = known; // looked up once: openers start by the dozen
            }
            return known.newInstance(rootGroup(), work, name, 0L, false);
        } catch (ReflectiveOperationException java8) {
            return new Thread(rootGroup(), work, name);
        }
    }

    private static ThreadGroup rootGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
