package dev.poolwright.engine;

import dev.poolwright.dialect.DatabaseAddress;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Readable names that are unique among the engines of this JVM: metrics of two engines must not be added up. */
public final class EngineNames {

    private static final ConcurrentHashMap<String, Boolean> TAKEN = new ConcurrentHashMap<>();

    private EngineNames() {}

    /** {@code host:port/database@user}, with {@code #2} and so on if there is one already. */
    public static String take(DatabaseAddress address, @Nullable String user) {
        String database = address.database();
        String plain = (address.host() == null
                        ? withoutPrefix(address.url())
                        : address.server() + (database == null ? "" : "/" + database))
                + (user == null || user.isEmpty() ? "" : "@" + user);
        return take(plain);
    }

    /** {@code plain}, with {@code #2} and so on if there is one already. */
    static String take(String plain) {
        String name = plain;
        for (int i = 2; TAKEN.putIfAbsent(name, Boolean.TRUE) != null; i++) {
            name = plain + "#" + i;
        }
        return name;
    }

    private static String withoutPrefix(String url) {
        return url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    }

    /** The engine of that name is closed. */
    public static void free(String name) {
        TAKEN.remove(name);
    }
}
