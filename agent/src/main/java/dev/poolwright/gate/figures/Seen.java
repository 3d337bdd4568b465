package dev.poolwright.gate.figures;

import dev.poolwright.event.Leak;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** What was seen of one engine. Any thread. */
public final class Seen {

    /** So many lines can be shown with their stacks. */
    private static final int MOST_STACKS = 100;

    private final Latencies waits = new Latencies();
    private final Latencies commits = new Latencies();
    private final AtomicLong leaked = new AtomicLong();
    private final ConcurrentMap<String, List<StackTraceElement>> stacks = new ConcurrentHashMap<>();

    Seen() {}

    void leaked(Leak leak) {
        if (leak.kind() != Leak.Kind.CONNECTION) {
            return;
        }
        if (leak.action() == Leak.Action.RECLAIMED || leak.action() == Leak.Action.TAKEN_AWAY) {
            leaked.incrementAndGet();
        }
        if (!leak.stack().isEmpty() && stacks.size() < MOST_STACKS) {
            stacks.putIfAbsent(leak.site(), leak.stack());
        }
    }

    /** From a call to the connection in hand, opening included. */
    public Latencies waits() {
        return waits;
    }

    /** Of commits, also those by {@code setAutoCommit(true)}, also those that failed. */
    public Latencies commits() {
        return commits;
    }

    /** Connections that were lost and taken back. */
    public long leaked() {
        return leaked.get();
    }

    /** How a line was called that leaked one, the first time; empty if that was not recorded. */
    public List<StackTraceElement> stackOf(String site) {
        List<StackTraceElement> known = stacks.get(site);
        return known == null ? Collections.<StackTraceElement>emptyList() : known;
    }
}
