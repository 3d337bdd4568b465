package dev.poolwright.engine;

import dev.poolwright.event.Holder;
import dev.poolwright.jdbc.Holding;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who holds what of one pool, and since which earlier question they have not moved. Any thread. */
final class Holders {

    private final Pool<PhysicalConnection> pool;
    private final Object lock = new Object();
    private Map<Slot<?>, Seen> seenBefore = Collections.emptyMap(); // guarded by lock

    Holders(Pool<PhysicalConnection> pool) {
        this.pool = pool;
    }

    /** All that are lent now, who has held longest first. */
    List<Holder> now() {
        final long nowNanos = Ticker.SYSTEM.nanos();
        final List<Holder> holders = new ArrayList<>();
        synchronized (lock) {
            final Map<Slot<?>, Seen> before = seenBefore;
            final Map<Slot<?>, Seen> seen = new HashMap<>();
            pool.forEachLeased(new Consumer<Slot<PhysicalConnection>>() {
                @Override
                public void accept(Slot<PhysicalConnection> slot) {
                    Holding holding = Holding.of(slot);
                    if (holding != null) {
                        Seen latest = Seen.of(holding, before.get(slot), nowNanos);
                        seen.put(slot, latest);
                        holders.add(holder(slot, latest, nowNanos));
                    }
                }
            });
            seenBefore = seen;
        }
        Collections.sort(holders, LONGEST_FIRST);
        return holders;
    }

    private static final Comparator<Holder> LONGEST_FIRST = new Comparator<Holder>() {
        @Override
        public int compare(Holder one, Holder other) {
            return Long.compare(other.heldNanos(), one.heldNanos());
        }
    };

    private static Holder holder(Slot<PhysicalConnection> slot, Seen seen, long nowNanos) {
        Origin origin = slot.origin();
        return new Holder(
                origin == null ? LeakReports.NO_TRACE : origin.site(),
                origin == null ? Collections.<StackTraceElement>emptyList() : origin.stack(),
                origin == null ? "?" : origin.thread(),
                slot.heldNanos(nowNanos),
                nowNanos - seen.stillSinceNanos,
                seen.holding.inCall(),
                seen.holding.inTransaction(),
                seen.holding.lastStatement());
    }

    /** A borrow when it was last asked for, and since when it has looked the same. */
    private static final class Seen {

        final Holding holding;
        final long stillSinceNanos;

        private Seen(Holding holding, long stillSinceNanos) {
            this.holding = holding;
            this.stillSinceNanos = stillSinceNanos;
        }

        static Seen of(Holding holding, @Nullable Seen before, long nowNanos) {
            boolean still = before != null && holding.isStillSince(before.holding);
            return new Seen(holding, before != null && still ? before.stillSinceNanos : nowNanos);
        }
    }
}
