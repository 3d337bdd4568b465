package dev.poolwright.jdbc;

import dev.poolwright.sql.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Why sessions of one engine were reset, or would have been, and how often. Safe for any thread; bounded. */
final class ResetCauses {

    /** Statements are told apart by their beginning, so these are many. */
    private static final int MOST = 200;

    private final ConcurrentHashMap<String, AtomicLong> counts = new ConcurrentHashMap<>();

    void count(String reason, @Nullable Verdict cause) {
        String key = cause == null ? reason : reason + ": " + cause.what();
        AtomicLong known = counts.get(key);
        if (known == null) {
            String kept = counts.size() < MOST ? key : reason;
            AtomicLong fresh = new AtomicLong();
            AtomicLong earlier = counts.putIfAbsent(kept, fresh);
            known = earlier == null ? fresh : earlier;
        }
        known.incrementAndGet();
    }

    /** A copy: {@code setting: SET search_path} and how often that was the first thing that made a session dirty. */
    Map<String, Long> snapshot() {
        Map<String, Long> copy = new TreeMap<>();
        for (Map.Entry<String, AtomicLong> each : counts.entrySet()) {
            copy.put(each.getKey(), each.getValue().get());
        }
        return copy;
    }
}
