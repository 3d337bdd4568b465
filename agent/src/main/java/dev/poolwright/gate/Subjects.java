package dev.poolwright.gate;

import java.lang.reflect.Method;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Properties;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Recognises callers whom the database knows by their JAAS subject: with Kerberos and the like it is not in the key who
 * asks, so what one subject opened must not be lent to another.
 */
@SuppressWarnings({"removal", "deprecation"}) // Up to Java 17 there is no other way to the subject.
final class Subjects {

    private static final String PASSWORD = "password";

    private Subjects() {}

    /** Whether the call names no password, and is made for a subject. */
    static boolean decide(String url, @Nullable Properties info) {
        if ((info != null && info.getProperty(PASSWORD) != null) || namesPassword(url)) {
            return false; // nearly all calls; the rest takes a microsecond on Java 17
        }
        return Lookup.INSTANCE.finds(AccessController.getContext());
    }

    private static boolean namesPassword(String url) {
        for (int i = url.length() - PASSWORD.length(); i > 0; i--) {
            if (url.regionMatches(true, i, PASSWORD, 0, PASSWORD.length())) {
                return true;
            }
        }
        return false;
    }

    private static final class Lookup {

        static final Lookup INSTANCE = new Lookup();

        private final @Nullable Method current = current();

        /** From Java 18 on, where the subject is not part of the access control context any more. */
        private static @Nullable Method current() {
            try {
                return Subject.class.getMethod("current");
            } catch (NoSuchMethodException java17) {
                return null;
            }
        }

        boolean finds(final AccessControlContext context) {
            // The application needs no permission to be looked at.
            return AccessController.doPrivileged(new PrivilegedAction<Boolean>() {
                @Override
                public Boolean run() {
                    try {
                        return (current == null ? Subject.getSubject(context) : current.invoke(null)) != null;
                    } catch (ReflectiveOperationException unknown) {
                        return Boolean.TRUE; // not knowing who asks is no reason to lend
                    }
                }
            });
        }
    }
}
