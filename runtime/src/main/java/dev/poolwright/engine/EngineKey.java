package dev.poolwright.engine;

import dev.poolwright.engine.key.KeyParts;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides which connection an application would get: the way in, the URL, all properties with the
 * credentials, and whose classes are asking. Two callers share connections only if all of it is equal.
 *
 * <p>Immutable. Holds passwords, so it is never printed; the key an engine is kept by shows none in a heap dump, except
 * one that is part of the URL.
 */
public final class EngineKey {

    private static final String DRIVER_MANAGER = "DriverManager";

    private final String way;
    private final @Nullable String url;
    private final @Nullable Object[] parts;
    private final @Nullable ClassLoader loader;
    private final @Nullable WeakReference<ClassLoader> weakLoader;
    private final int hash;

    private EngineKey(String way, @Nullable String url, @Nullable Object[] parts, @Nullable ClassLoader loader) {
        this(
                way,
                url,
                parts,
                loader,
                null,
                31 * (31 * way.hashCode() + (url == null ? 0 : url.hashCode())) + Arrays.hashCode(parts));
    }

    private EngineKey(
            String way,
            @Nullable String url,
            @Nullable Object[] parts,
            @Nullable ClassLoader loader,
            @Nullable WeakReference<ClassLoader> weakLoader,
            int hash) {
        this.way = way;
        this.url = url;
        this.parts = parts;
        this.loader = loader;
        this.weakLoader = weakLoader;
        this.hash = hash;
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
        return of(DRIVER_MANAGER, url, info, loader);
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
        String name = driver.getName();
        String way = name.equals(declaring) ? name : name + " as " + declaring;
        return of(way, url, info, driver.getClassLoader());
    }

    private static @Nullable EngineKey of(
            String way, String url, @Nullable Properties info, @Nullable ClassLoader loader) {
        try {
            KeyParts parts = new KeyParts(info == null ? 0 : 3 * info.size() + 1);
            if (info != null) {
                parts.addAll(info);
            }
            return new EngineKey(way, url, parts.addCaller(url).toArray(), loader);
        } catch (RuntimeException | Error unreadable) {
            // A subclass that throws, or one that is being changed: the driver may well get along with it.
            return null;
        }
    }

    /**
     * The key of a call to a {@code DataSource}.
     *
     * @param type  the driver's class that makes the connection
     * @param parts everything it is configured with and the credentials of the call, for one class always in one order
     */
    public static EngineKey ofDataSource(Class<?> type, KeyParts parts) {
        return new EngineKey(type.getName(), null, parts.toArray(), type.getClassLoader());
    }

    /** As this, to be kept: an application that was undeployed must not live on in its keys. */
    EngineKey kept() {
        return new EngineKey(
                way, url, KeyParts.kept(parts), null, loader == null ? null : new WeakReference<>(loader), hash);
    }

    /** Whether only passwords and the like tell this from {@code other}: one of the two has changed, or is wrong. */
    boolean differsInSecretsOnly(EngineKey other) {
        return isOfSameWay(other) && KeyParts.differInSecretsOnly(parts, other.parts);
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
        return isOfSameWay(that) && Arrays.equals(parts, that.parts);
    }

    private boolean isOfSameWay(EngineKey that) {
        return hash == that.hash // secrets are no part of it
                && hasLoaderOf(that)
                && way.equals(that.way)
                && (url == null ? that.url == null : url.equals(that.url));
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
