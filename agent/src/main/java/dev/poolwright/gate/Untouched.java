package dev.poolwright.gate;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is let through, by kind and with the reason: for the operator who wonders. Loaded with the first. Any thread.
 *
 * <p>Kinds are the beginnings of URLs and names of classes: nothing that could be secret, and few.
 */
public final class Untouched {

    private static final int MOST = 100;

    private static final ConcurrentHashMap<String, String> REASONS = new ConcurrentHashMap<>();

    private Untouched() {}

    /** A URL that no dialect of ours knows, or that is not to be served. */
    static void url(String url) {
        int colon = url.indexOf(':', url.indexOf(':') + 1);
        note(
                colon < 0 || !isKind(url, colon) ? "a URL that is none of JDBC's" : url.substring(0, colon),
                "its database is not one of those that are, and is left to its driver");
    }

    /** Anything may be given for a URL, a password among it. */
    private static boolean isKind(String url, int end) {
        if (!url.startsWith("jdbc:")) {
            return false;
        }
        for (int i = "jdbc:".length(); i < end; i++) {
            char c = url.charAt(i);
            if (!Character.isLetterOrDigit(c) && "_+.-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A pool, or a data source that is not to be pooled. */
    static void pool(Class<?> type) {
        note(
                type.getName(),
                "it pools by itself, or its connections must stay the driver's own; what it hands out is only watched");
    }

    private static void note(String kind, String reason) {
        if (!REASONS.containsKey(kind) && REASONS.size() < MOST) {
            REASONS.put(kind, reason);
        }
    }

    /** All kinds, each with its reason. */
    public static Map<String, String> all() {
        return new TreeMap<>(REASONS);
    }
}
