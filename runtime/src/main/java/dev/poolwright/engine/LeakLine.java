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

    // All guarded by this.
    private long leaked;
    private int held;
    private long oldestNanos;
    private List<StackTraceElement> stack = Collections.emptyList();
    private String lastStatement = "";

    synchronized void leaked(Leak leak) {
        leaked++;
        if (stack.isEmpty()) {
            stack = new ArrayList<>(
                    leak.stack().subList(0, Math.min(leak.stack().size(), MAX_FRAMES)));
        }
        if (!leak.lastStatement().isEmpty()) {
            lastStatement = leak.lastStatement();
        }
    }

    synchronized void held(Holder holder) {
        held++;
        oldestNanos = Math.max(oldestNanos, holder.heldNanos());
        if (stack.isEmpty()) {
            stack = holder.stack();
        }
    }

    synchronized LeakLine copy() {
        LeakLine copy = new LeakLine();
        copy.leaked = leaked;
        copy.held = held;
        copy.oldestNanos = oldestNanos;
        copy.stack = stack;
        copy.lastStatement = lastStatement;
        return copy;
    }

    synchronized LeakSite asSite(String site) {
        return new LeakSite(site, leaked, held, oldestNanos, stack, lastStatement);
    }
}
