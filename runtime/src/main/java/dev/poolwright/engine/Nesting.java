package dev.poolwright.engine;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.NestedCheckout;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.CapRule;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * At the cap a thread that has a connection already would wait for itself: it goes beyond. So does a thread that leaks,
 * for as long as its leaks are not reclaimed: it cannot be told from one that needs them all, and a deadlock of that one
 * would be the greater harm. Where the cap is strict it waits. Either is told, once for each pair of lines.
 */
final class Nesting implements CapRule {

    /** Pairs of lines that are remembered; further ones are counted only. */
    private static final int MAX_PAIRS = 1_000;

    private final Pool<PhysicalConnection> pool;
    private final EngineInfo engine;
    private final Telling telling;
    private final boolean strict;
    private final @Nullable Consumer<? super NestedCheckout> sink;
    private final AtomicLong count = new AtomicLong();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param strict whether it waits
     * @param sink   is told; null = {@code java.util.logging}
     */
    Nesting(
            Pool<PhysicalConnection> pool,
            EngineInfo engine,
            Telling telling,
            boolean strict,
            @Nullable Consumer<? super NestedCheckout> sink) {
        this.pool = pool;
        this.engine = engine;
        this.telling = telling;
        this.strict = strict;
        this.sink = sink;
    }

    /** How many check-outs found the cap reached while their thread had a connection. */
    long count() {
        return count.get();
    }

    /** Looks at all that are lent: only for a check-out that found neither an idle one nor room. */
    @Override
    public boolean mayExceed() {
        Mine mine = mine();
        if (mine.found) {
            count.incrementAndGet();
            tell(mine.site());
        }
        return mine.found && !strict;
    }

    /** Where the calling thread acquired the connection that it has, if it had to wait all the same; else null. */
    @Nullable
    String heldByWaiting() {
        Mine mine = strict ? mine() : null;
        return mine == null || !mine.found ? null : mine.site();
    }

    private Mine mine() {
        Mine mine = new Mine();
        pool.forEachLeased(mine);
        return mine;
    }

    private void tell(String heldSite) {
        try {
            Origin here = Origin.capture();
            NestedCheckout nested = new NestedCheckout(engine, heldSite, here.site(), here.thread(), !strict);
            telling.nested(nested);
            if (told.size() < MAX_PAIRS && told.add(heldSite + '|' + nested.askedSite())) {
                if (sink == null) {
                    LoggedReports.nested(nested);
                } else {
                    sink.accept(nested);
                }
            }
        } catch (Throwable accident) {
            telling.accident(accident);
        }
    }

    private static final class Mine implements Consumer<Slot<PhysicalConnection>> {

        private final long me = Thread.currentThread().getId();
        private boolean found;
        private @Nullable Origin origin;

        @Override
        public void accept(Slot<PhysicalConnection> slot) {
            if (slot.borrower() == me) {
                found = true;
                Origin known = slot.origin();
                origin = known == null ? origin : known;
            }
        }

        String site() {
            return origin == null ? LeakReports.NO_TRACE : origin.site();
        }
    }
}
