package dev.poolwright.gate.observe;

import dev.poolwright.leak.Libraries;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** What the data source of a known pool says it connects to: read once for each, from getters that are the pool's own. */
final class PoolUrl {

    private static final String[] URLS = {"getJdbcUrl", "getUrl", "getURL", "getDriverUrl"};
    private static final String[] USERS = {"getUsername", "getUser"};

    private final String url;
    private final @Nullable String user;

    private PoolUrl(String url, @Nullable String user) {
        this.url = url;
        this.user = user;
    }

    String url() {
        return url;
    }

    @Nullable
    String user() {
        return user;
    }

    /**
     * Reads it.
     *
     * @param asked the user named in the call, or null
     * @return null if it does not say
     */
    static @Nullable PoolUrl of(Object pool, @Nullable String asked) {
        String url = first(pool, URLS);
        return url == null || url.isEmpty() ? null : new PoolUrl(url, asked == null ? first(pool, USERS) : asked);
    }

    private static @Nullable String first(Object pool, String[] getters) {
        for (String getter : getters) {
            try {
                Method method = pool.getClass().getMethod(getter);
                Class<?> declaring = method.getDeclaringClass();
                if (method.getReturnType() == String.class
                        && Modifier.isPublic(declaring.getModifiers())
                        && Libraries.isPool(declaring.getName())) {
                    Object value = method.invoke(pool);
                    if (value != null) {
                        return (String) value;
                    }
                }
            } catch (ReflectiveOperationException | LinkageError notSaid) {
                // The next one, then.
            }
        }
        return null;
    }
}
