package dev.poolwright.gate;

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

    /** Whether a call that begins now on this thread may be served: nothing around it is ours or another pool's. */
    boolean mayServe() {
        ArrayList<Entry> mine = open.get();
        if (mine == null) {
            return true;
        }
        for (int i = mine.size() - 1; i >= 0; i--) {
            if (mine.get(i) != Entry.TRANSPARENT) {
                return false;
            }
        }
        return true;
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
