package dev.poolwright.jdbc;

import dev.poolwright.leak.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The lines of code that close connections of one engine with uncommitted changes. Safe for any thread. */
public final class UncommittedLines {

    /** Of one engine: those of further lines are counted together. */
    private static final int MAX_LINES = 1_000;

    private static final String OTHERS = "other lines";

    /** Tells nobody. */
    static final UncommittedLines NONE = new UncommittedLines();

    /** Hears of each such close. */
    public interface Listener {

        /**
         * A connection is being closed.
         *
         * @param closing   the line that closes
         * @param count     for which time
         * @param committed whether the driver's close commits what is open; otherwise it is rolled back
         */
        void closed(Origin closing, long count, boolean committed);
    }

    private final @Nullable Listener listener;
    private final ConcurrentHashMap<String, AtomicLong> counts = new ConcurrentHashMap<>();

    private UncommittedLines() {
        this.listener = null;
    }

    public UncommittedLines(Listener listener) {
        this.listener = listener;
    }

    /** The calling line closes a connection in a transaction that has written. */
    void closing(boolean committed) {
        Origin here = Origin.capture();
        String site = here.site();
        AtomicLong count = counts.get(site);
        if (count == null) {
            AtomicLong fresh = new AtomicLong();
            AtomicLong earlier = counts.putIfAbsent(counts.size() < MAX_LINES ? site : OTHERS, fresh);
            count = earlier == null ? fresh : earlier;
        }
        long times = count.incrementAndGet();
        if (listener != null) {
            listener.closed(here, times, committed);
        }
    }

    /** How often each line has done so. */
    public Map<String, Long> counts() {
        Map<String, Long> all = new HashMap<>();
        for (Map.Entry<String, AtomicLong> each : counts.entrySet()) {
            all.put(each.getKey(), each.getValue().get());
        }
        return all;
    }
}
