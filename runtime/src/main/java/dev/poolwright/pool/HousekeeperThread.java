package dev.poolwright.pool;

import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Starts the housekeeper's thread so that it keeps nothing of the application thread that happened to need it first:
 * not its class loader, thread group, access control context or inheritable thread locals.
 */
final class HousekeeperThread implements PrivilegedAction<Thread> {

    private static final String NAME = "poolwright-housekeeper";

    private static volatile @Nullable ThreadMaker maker;

    private final Runnable rounds;

    private HousekeeperThread(Runnable rounds) {
        this.rounds = rounds;
    }

    static void madeBy(ThreadMaker newMaker) {
        maker = newMaker;
    }

    @SuppressWarnings({"removal", "deprecation"}) // The context a thread inherits exists up to Java 23.
    static Thread start(Runnable rounds) {
        return AccessController.doPrivileged(new HousekeeperThread(rounds));
    }

    @Override
    public Thread run() {
        Thread thread = create();
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        return thread;
    }

    private Thread create() {
        ThreadMaker given = maker;
        return given == null ? byReflection() : given.make(rootGroup(), rounds, NAME);
    }

    private Thread byReflection() {
        try {
            // Java 9: without inheritable thread locals.
            return Thread.class
                    .getConstructor(ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class)
                    .newInstance(rootGroup(), rounds, NAME, 0L, false);
        } catch (ReflectiveOperationException java8) {
            return new Thread(rootGroup(), rounds, NAME);
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
