package dev.poolwright.engine;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.jdbc.Lending;
import dev.poolwright.jdbc.StatementLines;
import dev.poolwright.jdbc.TakenAwayListener;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.Origin;
import java.util.Collections;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what a pool reclaimed into a leak that has a name and an address. */
public final class LeakReports implements LeakListener, TakenAwayListener, StatementLines.Listener {

    /** What is said for the line where no stack was recorded. */
    static final String NO_TRACE = "an unknown line (poolwright.leak.trace is off)";

    private final EngineInfo engine;
    private final @Nullable Consumer<Leak> sink;
    private volatile @Nullable Lending lending;

    /** @param sink is told of each; null = {@code java.util.logging} */
    LeakReports(EngineInfo engine, @Nullable Consumer<Leak> sink) {
        this.engine = engine;
        this.sink = sink;
    }

    /** Whose listener hears of leaks as well. */
    void lending(Lending lending) {
        this.lending = lending;
    }

    @Override
    public void reclaimed(@Nullable Origin origin, long heldNanos) {
        tell(leak(engine, Leak.Action.RECLAIMED, origin, heldNanos));
    }

    @Override
    public void takenAway(@Nullable Origin origin, long heldNanos, long unusedNanos) {
        tell(leak(engine, Leak.Action.TAKEN_AWAY, origin, heldNanos).unusedFor(unusedNanos));
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
                heldNanos);
    }
}
