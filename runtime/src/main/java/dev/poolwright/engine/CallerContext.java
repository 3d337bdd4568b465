package dev.poolwright.engine;

import dev.poolwright.engine.key.CallerSubject;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What a driver can see of the thread that asks for a connection: its context class loader, its rights, and the JAAS
 * subject whose work it does. Taken along to the thread that opens in its place.
 */
@SuppressWarnings({"removal", "deprecation"}) // Up to Java 23 the subject is part of the access control context.
final class CallerContext {

    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final AccessControlContext rights = AccessController.getContext();
    private final @Nullable Object subject = CallerSubject.get();

    /** Of the calling thread. */
    CallerContext() {}

    /** Does {@code work} as the caller would have done it. */
    <T> T call(Callable<T> work) throws Exception {
        Thread me = Thread.currentThread();
        ClassLoader before = me.getContextClassLoader();
        me.setContextClassLoader(loader);
        try {
            return subject == null
                    ? withRights(work)
                    : CallerSubject.call(subject, new Callable<T>() {
                        @Override
                        public T call() throws Exception {
                            return withRights(work);
                        }
                    });
        } finally {
            me.setContextClassLoader(before);
        }
    }

    private <T> T withRights(final Callable<T> work) throws Exception {
        try {
            return AccessController.doPrivileged(
                    new PrivilegedExceptionAction<T>() {
                        @Override
                        public T run() throws Exception {
                            return work.call();
                        }
                    },
                    rights);
        } catch (PrivilegedActionException thrown) {
            throw thrown.getException();
        }
    }
}
