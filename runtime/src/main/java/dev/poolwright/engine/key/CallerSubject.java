package dev.poolwright.engine.key;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.util.concurrent.Callable;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Whose work the calling thread does, as JAAS sees it: a driver that logs in by Kerberos takes the credentials from
 * there, and no property says whose they are.
 *
 * <p>Looked for only where that may happen; it takes about a microsecond. By reflection: the way to it changed in Java
 * 18, and the old one throws from Java 24 on.
 */
public final class CallerSubject {

    private static final @Nullable Method CURRENT = method("current");
    private static final @Nullable Method CALL_AS = method("callAs", Subject.class, Callable.class);
    private static final @Nullable Method OF_CONTEXT = method("getSubject", AccessControlContext.class);

    private CallerSubject() {}

    /**
     * The Subject of this thread, or null.
     *
     * @throws RuntimeException it may not or cannot be asked
     */
    public static @Nullable Subject get() {
        try {
            if (CURRENT != null) {
                return (Subject) CURRENT.invoke(null);
            }
            return OF_CONTEXT == null ? null : (Subject) OF_CONTEXT.invoke(null, AccessController.getContext());
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Does {@code work} for {@code subject}. Where the subject is part of the access control context it is not needed:
     * that comes along with the rights.
     */
    @SuppressWarnings("unchecked") // what work returns
    public static <T> T call(Object subject, Callable<T> work) throws Exception {
        if (CALL_AS == null) {
            return work.call();
        }
        try {
            return (T) CALL_AS.invoke(null, subject, work);
        } catch (InvocationTargetException thrown) {
            Throwable wrapped = thrown.getCause(); // a CompletionException
            Throwable failure = wrapped == null ? null : wrapped.getCause();
            if (failure instanceof Exception) {
                throw (Exception) failure;
            }
            if (wrapped instanceof Error) {
                throw (Error) wrapped;
            }
            throw new IllegalStateException(thrown);
        }
    }

    private static @Nullable Method method(String name, Class<?>... parameters) {
        try {
            return Subject.class.getMethod(name, parameters);
        } catch (ReflectiveOperationException otherVersion) {
            return null;
        }
    }
}
