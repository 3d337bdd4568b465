package dev.poolwright.gate;

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
    private final ThreadLocal<@Nullable ArrayList<Entry>> open = new ThreadLocal<>();

    /** The innermost that has a say in what happens inside of it: not one that is transparent, or only wraps; or null. */
    @Nullable
    Entry around() {
        ArrayList<Entry> mine = open.get();
        if (mine == null) {
            return null;
        }
        for (int i = mine.size() - 1; i >= 0; i--) {
            Entry entry = mine.get(i);
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
        ArrayList<Entry> mine = open.get();
        if (mine == null) {
            mine = new ArrayList<>(2);
            open.set(mine);
        }
        mine.add(entry);
    }

    /** The innermost, or null. */
    @Nullable
    Entry top() {
        ArrayList<Entry> mine = open.get();
        return mine == null || mine.isEmpty() ? null : mine.get(mine.size() - 1);
    }

    /** Tells all of this thread that a driver has opened a connection for a pool. */
    void opened(Connection connection, ObservedDatabase database) {
        ArrayList<Entry> mine = open.get();
        if (mine != null) {
            for (int i = 0; i < mine.size(); i++) {
                mine.get(i).opened(connection, database);
            }
        }
    }

    /** Ends the innermost. */
    @Nullable
    Entry pop() {
        ArrayList<Entry> mine = open.get();
        if (mine == null || mine.isEmpty()) {
            return null;
        }
        Entry ended = mine.remove(mine.size() - 1);
        if (mine.isEmpty()) {
            open.remove(); // leaves nothing behind in the application's threads
        }
        return ended;
    }
}
