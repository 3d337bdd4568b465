package dev.poolwright.session.library;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies of libraries that are not as we know them: nothing more is asked of them. A copy is a library in one class
 * loader, which this does not keep. Any thread may call.
 */
public final class UnknownLibraries {

    private final Map<String, Map<ClassLoader, Boolean>> copies = new HashMap<>(); // guarded by itself
    private volatile boolean any;

    /**
     * This copy is one.
     *
     * @param library in lower case, as in {@code SessionInfo}
     * @return whether that is news
     */
    public boolean add(String library, @Nullable ClassLoader loader) {
        synchronized (copies) {
            Map<ClassLoader, Boolean> loaders = copies.get(library);
            if (loaders == null) {
                loaders = new WeakHashMap<>();
                copies.put(library, loaders);
            }
            any = true;
            return loaders.put(loader, Boolean.TRUE) == null;
        }
    }

    /** Whether this object, or what its class extends, is of such a copy. */
    boolean contains(String library, Object object) {
        if (!any) {
            return false;
        }
        synchronized (copies) {
            Map<ClassLoader, Boolean> loaders = copies.get(library);
            for (Class<?> c = object.getClass(); loaders != null && c != null && c != Object.class; ) {
                if (loaders.containsKey(c.getClassLoader())) {
                    return true;
                }
                c = c.getSuperclass();
            }
            return false;
        }
    }
}
