package dev.poolwright.engine;

import java.util.Arrays;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides which connection an application would get: the way in, the URL, all properties with the
 * credentials, and whose classes are asking. Two callers share connections only if all of it is equal.
 *
 * <p>Immutable. Holds passwords, so it is never printed.
 */
public final class EngineKey {

    private final String way;
    private final @Nullable String url;
    private final String[] properties;
    private final @Nullable ClassLoader loader;
    private final int hash;

    private EngineKey(String way, @Nullable String url, String[] properties, @Nullable ClassLoader loader) {
        this.way = way;
        this.url = url;
        this.properties = properties;
        this.loader = loader;
        this.hash = 31 * (31 * way.hashCode() + (url == null ? 0 : url.hashCode())) + Arrays.hashCode(properties);
    }

    /**
     * The key of a call to {@code DriverManager}.
     *
     * @param info   copied by value, defaults included; entries that are not strings no driver sees either
     * @param loader the caller's, which decides which drivers it may use
     */
    public static EngineKey ofDriverManager(String url, @Nullable Properties info, @Nullable ClassLoader loader) {
        return new EngineKey("DriverManager", url, snapshot(info), loader);
    }

    /**
     * The key of a call to a {@code DataSource}.
     *
     * @param configuration names and values in turn of everything it is configured with and the credentials of the call
     */
    public static EngineKey ofDataSource(Class<?> type, String[] configuration) {
        return new EngineKey(type.getName(), null, configuration.clone(), type.getClassLoader());
    }

    private static String[] snapshot(@Nullable Properties info) {
        if (info == null) {
            return new String[0];
        }
        String[] names = info.stringPropertyNames().toArray(new String[0]);
        Arrays.sort(names);
        String[] pairs = new String[2 * names.length];
        for (int i = 0; i < names.length; i++) {
            pairs[2 * i] = names[i];
            pairs[2 * i + 1] = String.valueOf(info.getProperty(names[i]));
        }
        return pairs;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof EngineKey)) {
            return false;
        }
        EngineKey that = (EngineKey) other;
        return hash == that.hash
                && loader == that.loader
                && way.equals(that.way)
                && (url == null ? that.url == null : url.equals(that.url))
                && Arrays.equals(properties, that.properties);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Says nothing: what is in here is secret. */
    @Override
    public String toString() {
        return "key of " + way;
    }
}
