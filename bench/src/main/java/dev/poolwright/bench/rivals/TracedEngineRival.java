package dev.poolwright.bench.rivals;

import dev.poolwright.engine.EngineBuilder;

/** The Engine with the stack of each borrow recorded, as under the agent. */
final class TracedEngineRival extends EngineRival {

    @Override
    EngineBuilder configured(EngineBuilder builder) {
        return builder.traceLeaks(true);
    }
}
