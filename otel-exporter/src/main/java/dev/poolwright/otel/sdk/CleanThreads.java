package dev.poolwright.otel.sdk;

import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.lang.reflect.Constructor;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes daemon threads that hold nothing of the application thread which happens to ask for them: no context loader, no
 * inheritable thread locals, no access control context, no thread group. A redeployed application could not be collected
 * otherwise. Threads that such a thread makes in turn inherit that emptiness.
 */
public final class CleanThreads implements ThreadFactory {

    private final String name;

    /** Threads called {@code name}. */
    public CleanThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = withoutInheritance(task);
            if (thread == null) {
                thread = new Thread(topGroup(), task, name);
            }
            thread.setDaemon(true);
            thread.setContextClassLoader(CleanThreads.class.getClassLoader());
            return thread;
        });
    }

    /**
     * Runs {@code task} on such a thread and waits for it, without regard to interrupts until then.
     *
     * @return whether it ended within {@code nanos}
     */
    public static boolean run(String name, Runnable task, long nanos) {
        Thread thread = new CleanThreads(name).newThread(task);
        thread.start();
        Deadline deadline = Deadline.inNanos(nanos, Ticker.SYSTEM);
        boolean interrupted = false;
        try {
            while (thread.isAlive() && !deadline.isPast()) {
                try {
                    // A join for 0 would be for ever.
                    thread.join(1 + TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return !thread.isAlive();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The constructor that leaves the inheritable thread locals behind is Java 9's. */
    private @Nullable Thread withoutInheritance(Runnable task) {
        try {
            Constructor<Thread> bare = Thread.class.getConstructor(
                    ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class);
            return bare.newInstance(topGroup(), task, name, 0L, false);
        } catch (ReflectiveOperationException java8) {
            return null;
        }
    }

    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = group.getParent(); parent != null; parent = group.getParent()) {
            group = parent;
        }
        return group;
    }
}
