package dev.poolwright.engine;

import dev.poolwright.event.Holder;
import dev.poolwright.event.Leak;
import dev.poolwright.event.LeakSite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is counted of one line that acquires connections. Any thread. */
final class LeakLine {

    /** Frames that are kept: a stack of a server is deep, and a line is kept for as long as the engine lives. */
    private static final int MAX_FRAMES = 64;

    private final Object lock = new Object();
    private long leaked; // guarded by lock, as all below
    private int held;
    private long oldestNanos;
    private List<StackTraceElement> stack = Collections.emptyList();
    private String lastStatement = "";

    void leaked(Leak leak) {
        synchronized (lock) {
            leaked++;
            if (stack.isEmpty()) {
                stack = new ArrayList<>(
                        leak.stack().subList(0, Math.min(leak.stack().size(), MAX_FRAMES)));
            }
            if (!leak.lastStatement().isEmpty()) {
                lastStatement = leak.lastStatement();
            }
        }
    }

    void held(Holder holder) {
        synchronized (lock) {
            held++;
            oldestNanos = Math.max(oldestNanos, holder.heldNanos());
            if (stack.isEmpty()) {
                stack = holder.stack();
            }
        }
    }

    LeakLine copy() {
        LeakLine copy = new LeakLine();
        synchronized (lock) {
            copy.leaked = leaked;
            copy.held = held;
            copy.oldestNanos = oldestNanos;
            copy.stack = stack;
            copy.lastStatement = lastStatement;
        }
        return copy;
    }

    LeakSite asSite(String site) {
        synchronized (lock) {
            return new LeakSite(site, leaked, held, oldestNanos, stack, lastStatement);
        }
    }
}
