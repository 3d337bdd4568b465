package dev.poolwright.gate;

import dev.poolwright.engine.Engine;
import dev.poolwright.engine.observed.ObservedDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The ways into drivers each thread is on: a driver's data source may ask DriverManager, a wrapper driver another
 * driver, and only one of them may be served.
 */
final class Entries {

    // Not static, for the tests: in a JVM there is one gate.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Open> open = new ThreadLocal<>();

    /** Those of one thread. */
    private static final class Open {

        final ArrayList<Entry> entries = new ArrayList<>(2);

        /** What was thrown when an idle connection was given up, so that its opening could be tried once more. */
        @Nullable
        Throwable roomMadeFor;
    }

    /** The innermost that has a say in what happens inside of it: not one that is transparent, or only wraps; or null. */
    @Nullable
    Entry around() {
        Open mine = open.get();
        if (mine == null) {
            return null;
        }
        for (int i = mine.entries.size() - 1; i >= 0; i--) {
            Entry entry = mine.entries.get(i);
            if (entry.isRaw() || entry.adopts()) {
                return entry;
            }
        }
        return null;
    }

    /** Whether this thread is on none. */
    boolean isEmpty() {
        return open.get() == null;
    }

    void push(Entry entry) {
        Open mine = open.get();
        if (mine == null) {
            mine = new Open();
            open.set(mine);
        }
        mine.entries.add(entry);
    }

    /** The innermost, or null. */
    @Nullable
    Entry top() {
        Open mine = open.get();
        return mine == null || mine.entries.isEmpty() ? null : mine.entries.get(mine.entries.size() - 1);
    }

    /** Tells all of this thread that a driver has opened a connection for a pool. */
    void opened(Connection connection, ObservedDatabase database) {
        Open mine = open.get();
        if (mine != null) {
            for (int i = 0; i < mine.entries.size(); i++) {
                mine.entries.get(i).opened(connection, database);
            }
        }
    }

    /** Ends the innermost. */
    @Nullable
    Entry pop() {
        Open mine = open.get();
        if (mine == null || mine.entries.isEmpty()) {
            return null;
        }
        Entry ended = mine.entries.remove(mine.entries.size() - 1);
        if (mine.entries.isEmpty()) {
            open.remove(); // leaves nothing behind in the application's threads
        }
        return ended;
    }

    /** The URL of what the innermost is about, as far as there is one; or null. */
    @Nullable
    String urlOfTop() {
        Entry entry = top();
        Engine engine = entry == null ? null : entry.engine();
        return engine != null ? engine.info().url() : entry == null ? null : entry.url();
    }

    /** Whether {@code failure} is what was thrown before its opening was tried once more. */
    boolean roomWasMadeFor(Throwable failure) {
        Open mine = open.get();
        return mine != null && mine.roomMadeFor == failure;
    }

    void madeRoomFor(Throwable failure) {
        Open mine = open.get();
        if (mine != null) {
            mine.roomMadeFor = failure;
        }
    }
}
