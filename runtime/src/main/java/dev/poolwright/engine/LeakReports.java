package dev.poolwright.engine;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Holder;
import dev.poolwright.event.Leak;
import dev.poolwright.event.LeakSite;
import dev.poolwright.jdbc.Lending;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.StatementLines;
import dev.poolwright.jdbc.TakenAwayListener;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what a pool reclaimed into a leak that has a name and an address. */
public final class LeakReports implements LeakListener, TakenAwayListener, StatementLines.Listener {

    /** What is said for the line where no stack was recorded. */
    static final String NO_TRACE =
            "an unknown line (poolwright.leak.trace and poolwright.leak.traceEvery say which borrows record it)";

    /** Lines that are counted apart; the leaks of further ones are counted together. */
    private static final int MAX_SITES = 1_000;

    private final EngineInfo engine;
    private final @Nullable Consumer<Leak> sink;
    private final Traces traces;
    private final ConcurrentHashMap<String, LeakLine> lines = new ConcurrentHashMap<>();
    private volatile @Nullable Lending lending;

    /** @param sink is told of each; null = {@code java.util.logging} */
    LeakReports(EngineInfo engine, Traces traces, @Nullable Consumer<Leak> sink) {
        this.engine = engine;
        this.traces = traces;
        this.sink = sink;
    }

    /** Whose listener hears of leaks as well. */
    void lending(Lending lending) {
        this.lending = lending;
    }

    @Override
    public void reclaimed(@Nullable Origin origin, long heldNanos) {
        reclaimed(null, origin, heldNanos);
    }

    @Override
    public void reclaimed(@Nullable Object resource, @Nullable Origin origin, long heldNanos) {
        String last = resource instanceof PhysicalConnection ? ((PhysicalConnection) resource).lastStatement() : "";
        lost(leak(engine, Leak.Action.RECLAIMED, origin, heldNanos).after(last), origin);
    }

    @Override
    public void takenAway(@Nullable Origin origin, long heldNanos, long unusedNanos, PhysicalConnection physical) {
        lost(
                leak(engine, Leak.Action.TAKEN_AWAY, origin, heldNanos)
                        .unusedFor(unusedNanos)
                        .after(physical.lastStatement()),
                origin);
    }

    @Override
    public void heldTooLong(
            @Nullable Origin origin, long heldNanos, StackTraceElement[] holder, PhysicalConnection physical) {
        if (origin == null) {
            traces.leakedUnseen();
        }
        tell(leak(engine, Leak.Action.HELD, origin, heldNanos)
                .after(physical.lastStatement())
                .whoseHolderIsAt(Arrays.asList(holder)));
    }

    private void lost(Leak leak, @Nullable Origin origin) {
        if (origin == null) {
            traces.leakedUnseen();
        }
        String site = lines.size() < MAX_SITES || lines.containsKey(leak.site()) ? leak.site() : "other lines";
        LeakLine fresh = new LeakLine();
        LeakLine known = lines.putIfAbsent(site, fresh);
        (known == null ? fresh : known).leaked(leak);
        tell(leak);
    }

    /** By line: what was lost, and what is held of {@code holders}. */
    List<LeakSite> sites(List<Holder> holders) {
        Map<String, LeakLine> all = new HashMap<>();
        for (Map.Entry<String, LeakLine> each : lines.entrySet()) {
            all.put(each.getKey(), each.getValue().copy());
        }
        for (Holder holder : holders) {
            LeakLine known = all.get(holder.site());
            if (known == null) {
                known = new LeakLine();
                all.put(holder.site(), known);
            }
            known.held(holder);
        }
        List<LeakSite> sites = new ArrayList<>();
        for (Map.Entry<String, LeakLine> each : all.entrySet()) {
            sites.add(each.getValue().asSite(each.getKey()));
        }
        Collections.sort(sites, worstFirst());
        return sites;
    }

    /** Not a constant: its class would be loaded with this one, at the start of each application. */
    private static Comparator<LeakSite> worstFirst() {
        return new Comparator<LeakSite>() {
            @Override
            public int compare(LeakSite one, LeakSite other) {
                return one.leaked() != other.leaked()
                        ? Long.compare(other.leaked(), one.leaked())
                        : Long.compare(other.oldestNanos(), one.oldestNanos());
            }
        };
    }

    @Override
    public void leftOpen(Origin origin, int ofLine, int open) {
        tell(new Leak(
                        Leak.Kind.STATEMENT,
                        Leak.Action.REPORTED,
                        engine,
                        "statements of one connection of " + engine,
                        origin.site(),
                        origin.stack(),
                        origin.thread(),
                        0)
                .amongOpen(ofLine, open));
    }

    private void tell(Leak leak) {
        if (sink == null) {
            LoggedReports.leak(leak);
        } else {
            sink.accept(leak);
        }
        Lending known = lending;
        EngineListener listener = known == null ? null : known.listener();
        if (listener != null) {
            listener.leaked(leak);
        }
    }

    static Leak leak(EngineInfo engine, Leak.Action action, @Nullable Origin origin, long heldNanos) {
        return leak(engine, "connection of " + engine, action, origin, heldNanos);
    }

    /**
     * A connection that was never closed.
     *
     * @param engine where it leads to, or null if that is not known
     * @param what   the connection for people
     * @param origin the line that acquired it, or null if that was not recorded
     */
    public static Leak leak(
            @Nullable EngineInfo engine, String what, Leak.Action action, @Nullable Origin origin, long heldNanos) {
        return new Leak(
                        Leak.Kind.CONNECTION,
                        action,
                        engine,
                        what,
                        origin == null ? NO_TRACE : origin.site(),
                        origin == null ? Collections.<StackTraceElement>emptyList() : origin.stack(),
                        origin == null ? "?" : origin.thread(),
                        heldNanos)
                .within(origin == null ? null : origin.context());
    }
}
