package dev.poolwright.engine.observed;

import dev.poolwright.event.EngineInfo;

/**
 * A database as one user: where connections that another pool keeps lead to. Lives as long as one of those, or a pool that
 * opens them.
 */
public final class ObservedDatabase {

    private final EngineInfo info;

    ObservedDatabase(EngineInfo info) {
        this.info = info;
    }

    /** What its spans, metrics and leaks are told of. */
    public EngineInfo info() {
        return info;
    }
}
