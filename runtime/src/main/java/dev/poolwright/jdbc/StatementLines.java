package dev.poolwright.jdbc;

import dev.poolwright.leak.Origin;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The lines of code that leave statements of one engine's connections open. Safe for any thread.
 *
 * <p>A line costs microseconds to find, so it is looked for on connections that have many open statements only.
 */
public final class StatementLines {

    /** Of one engine: those of further lines are counted together. */
    private static final int MAX_LINES = 1_000;

    private static final String OTHERS = "other lines";

    /** Hears of it where one connection has more open than it should have. */
    public interface Listener {

        /**
         * A connection has too many open.
         *
         * @param origin a line that opens them, and who was there first
         * @param ofLine about how many of them it has opened
         * @param open   how many are open on the connection
         */
        void leftOpen(Origin origin, int ofLine, int open);
    }

    /** Looks for none. */
    static final StatementLines NONE = new StatementLines(0);

    private final int limit;
    private final @Nullable Listener listener;
    private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();

    private StatementLines(int limit) {
        this.limit = limit;
        this.listener = null;
    }

    /** @param limit how many one connection may have open without anybody hearing of it; 0 = any number */
    public StatementLines(int limit, Listener listener) {
        this.limit = limit;
        this.listener = listener;
    }

    /** How many one connection may have open; 0 = any number. */
    int limit() {
        return limit;
    }

    /** The line that is calling, as one of {@code weight} that opened a statement. */
    Sighting calling(int weight) {
        return new Sighting(calling(), weight);
    }

    private Line calling() {
        Origin here = Origin.capture();
        String site = here.site();
        Line known = lines.get(site);
        if (known != null) {
            return known;
        }
        Line fresh = new Line(here);
        Line earlier = lines.putIfAbsent(lines.size() < MAX_LINES ? site : OTHERS, fresh);
        return earlier == null ? fresh : earlier;
    }

    void tell(Line line, int ofLine, int open) {
        if (listener != null) {
            listener.leftOpen(line.origin, ofLine, open);
        }
    }

    /** About how many statements each line has dropped without closing them, as far as one has looked. */
    public Map<String, Long> forgotten() {
        Map<String, Long> counts = new HashMap<>();
        for (Map.Entry<String, Line> each : lines.entrySet()) {
            long count = each.getValue().forgotten.sum();
            if (count > 0) {
                counts.put(each.getKey(), count);
            }
        }
        return counts;
    }

    /** One line, with how often it was found to have dropped a statement. */
    static final class Line {

        private final Origin origin;
        private final LongAdder forgotten = new LongAdder();

        private Line(Origin origin) {
            this.origin = origin;
        }
    }

    /** One statement that was seen being opened, and stands for others that were not. Immutable. */
    static final class Sighting {

        private final Line line;
        private final int weight;

        private Sighting(Line line, int weight) {
            this.line = line;
            this.weight = weight;
        }

        Line line() {
            return line;
        }

        int weight() {
            return weight;
        }

        /** It was dropped by the application, unclosed. */
        void forgotten() {
            line.forgotten.add(weight);
        }
    }
}
