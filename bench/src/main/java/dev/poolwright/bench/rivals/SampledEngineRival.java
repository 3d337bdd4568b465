package dev.poolwright.bench.rivals;

import dev.poolwright.engine.EngineBuilder;

/** The Engine with the stack of one borrow in 64 recorded. */
final class SampledEngineRival extends EngineRival {

    @Override
    EngineBuilder configured(EngineBuilder builder) {
        return builder.traceLeaksEvery(64);
    }
}
