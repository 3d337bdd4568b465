package dev.poolwright.engine.observed;

import dev.poolwright.engine.LeakReports;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.Leak;
import dev.poolwright.leak.Origin;
import dev.poolwright.leak.Unclosed;
import dev.poolwright.leak.UnclosedWatch;
import org.jspecify.annotations.Nullable;

/** A connection that another pool handed out and that is not closed yet. Refers to neither. */
final class HandOut extends Unclosed {

    private final PoolSource source;

    /** When it was handed out, if somebody listened; else 0. */
    private final long lentNanos;

    HandOut(Object connection, UnclosedWatch<?> watch, PoolSource source, @Nullable Origin origin, long lentNanos) {
        super(connection, watch, origin);
        this.source = source;
        this.lentNanos = lentNanos;
    }

    long lentNanos() {
        return lentNanos;
    }

    @Nullable
    EngineInfo database() {
        ObservedDatabase database = source.database();
        return database == null ? null : database.info();
    }

    /** Whether the application has it, as far as known, and not another pool's thread. */
    boolean isOfApplication() {
        Origin origin = origin();
        return origin == null || origin.isOfApplication();
    }

    /** This as a leak. Resolves the stack, which takes some microseconds. */
    Leak leak(Leak.Action action, long nowNanos) {
        EngineInfo database = database();
        String what = database == null
                ? "connection of a " + source.className()
                : "connection of " + database + " from " + source.className();
        return LeakReports.leak(database, what, action, origin(), heldNanos(nowNanos));
    }
}
