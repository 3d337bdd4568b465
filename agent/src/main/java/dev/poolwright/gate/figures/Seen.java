package dev.poolwright.gate.figures;

import dev.poolwright.event.Leak;
import java.util.concurrent.atomic.AtomicLong;

/** What was seen of one engine. Any thread. */
public final class Seen {

    private final Latencies waits = new Latencies();
    private final Latencies commits = new Latencies();
    private final AtomicLong leaked = new AtomicLong();

    Seen() {}

    void leaked(Leak leak) {
        if (leak.kind() == Leak.Kind.CONNECTION
                && (leak.action() == Leak.Action.RECLAIMED || leak.action() == Leak.Action.TAKEN_AWAY)) {
            leaked.incrementAndGet();
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
}
