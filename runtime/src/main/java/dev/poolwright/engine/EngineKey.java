package dev.poolwright.engine;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
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
    private final @Nullable WeakReference<ClassLoader> weakLoader;
    private final int hash;

    private EngineKey(String way, @Nullable String url, String[] properties, @Nullable ClassLoader loader) {
        this(way, url, properties, loader, null);
    }

    private EngineKey(
            String way,
            @Nullable String url,
            String[] properties,
            @Nullable ClassLoader loader,
            @Nullable WeakReference<ClassLoader> weakLoader) {
        this.way = way;
        this.url = url;
        this.properties = properties;
        this.loader = loader;
        this.weakLoader = weakLoader;
        this.hash = 31 * (31 * way.hashCode() + (url == null ? 0 : url.hashCode())) + Arrays.hashCode(properties);
    }

    /**
     * The key of a call to {@code DriverManager}, or null where {@code info} holds something of which nobody can tell
     * whether it is the same next time: then the call is not served.
     *
     * @param info   copied by value; what is its own and what a default is told apart, for drivers that read no defaults
     * @param loader the caller's, which decides which drivers it may use
     */
    public static @Nullable EngineKey ofDriverManager(
            String url, @Nullable Properties info, @Nullable ClassLoader loader) {
        String[] entries = info == null ? new String[0] : snapshot(info);
        return entries == null ? null : new EngineKey("DriverManager", url, entries, loader);
    }

    /**
     * The key of a call to {@code Driver.connect}, or null as for {@link #ofDriverManager}.
     *
     * @param driver    the class of the driver, which decides what becomes of the URL
     * @param declaring name of the one among it and its superclasses whose code runs: what an override makes of a
     *     connection is not what the overridden method does
     */
    public static @Nullable EngineKey ofDriver(
            String url, @Nullable Properties info, Class<?> driver, String declaring) {
        String[] entries = info == null ? new String[0] : snapshot(info);
        String name = driver.getName();
        String way = name.equals(declaring) ? name : name + " as " + declaring;
        return entries == null ? null : new EngineKey(way, url, entries, driver.getClassLoader());
    }

    /**
     * The key of a call to a {@code DataSource}.
     *
     * @param configuration names and values in turn of everything it is configured with and the credentials of the call
     */
    public static EngineKey ofDataSource(Class<?> type, String[] configuration) {
        return new EngineKey(type.getName(), null, configuration.clone(), type.getClassLoader());
    }

    /** Name, kind and value of each entry in turn, or null if it cannot be told what is in there. */
    private static String @Nullable [] snapshot(Properties info) {
        try {
            List<String> names = new ArrayList<>(info.stringPropertyNames());
            Collections.sort(names);
            List<String> entries = new ArrayList<>(3 * names.size());
            int own = 0;
            for (String name : names) {
                boolean isOwn = info.get(name) instanceof String;
                own += isOwn ? 1 : 0;
                entries.add(name);
                entries.add(isOwn ? "own" : "default");
                entries.add(String.valueOf(info.getProperty(name)));
            }
            boolean told = info.size() == own || addOthers(info, entries);
            return told ? entries.toArray(new String[0]) : null;
        } catch (RuntimeException unreadable) {
            // A subclass that throws, or one that is being changed: the driver may well get along with it.
            return null;
        }
    }

    /** Adds the entries that are no strings, which some drivers read: a password as characters, a port as a number. */
    private static boolean addOthers(Properties info, List<String> entries) {
        TreeMap<String, String> others = new TreeMap<>();
        for (Map.Entry<Object, Object> entry : info.entrySet()) {
            Object value = entry.getValue();
            if (!(entry.getKey() instanceof String)) {
                return false;
            }
            if (value instanceof char[]) {
                others.put((String) entry.getKey(), new String((char[]) value));
            } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
                others.put((String) entry.getKey(), value.toString());
            } else if (!(value instanceof String)) {
                return false;
            }
        }
        for (Map.Entry<String, String> entry : others.entrySet()) {
            entries.add(entry.getKey());
            entries.add("no string");
            entries.add(entry.getValue());
        }
        return true;
    }

    /** As this, to be kept: an application that was undeployed must not live on in its keys. */
    EngineKey kept() {
        return loader == null ? this : new EngineKey(way, url, properties, null, new WeakReference<>(loader));
    }

    /** Whether only passwords tell this from {@code other}: one of the two has changed, or is wrong. */
    boolean differsInSecretsOnly(EngineKey other) {
        if (!hasLoaderOf(other)
                || !way.equals(other.way)
                || !(url == null ? other.url == null : url.equals(other.url))
                || properties.length != other.properties.length) {
            return false;
        }
        boolean differs = false;
        for (int i = 0; i < properties.length; i++) {
            if (!properties[i].equals(other.properties[i])) {
                // Its name is before it, or before its kind.
                boolean secret = (i > 0 && properties[i - 1].endsWith("password"))
                        || (i > 1 && properties[i - 2].endsWith("password"));
                if (!secret) {
                    return false;
                }
                differs = true;
            }
        }
        return differs;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof EngineKey)) {
            return false;
        }
        EngineKey that = (EngineKey) other;
        return hash == that.hash
                && hasLoaderOf(that)
                && way.equals(that.way)
                && (url == null ? that.url == null : url.equals(that.url))
                && Arrays.equals(properties, that.properties);
    }

    private boolean hasLoaderOf(EngineKey that) {
        ClassLoader mine = loader();
        // Null is the boot loader, or one that is gone and is nobody's any more.
        return mine == that.loader() && (mine != null || (weakLoader == null && that.weakLoader == null));
    }

    private @Nullable ClassLoader loader() {
        return weakLoader == null ? loader : weakLoader.get();
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
