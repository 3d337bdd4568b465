package dev.poolwright.bench.rivals;

import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineBuilder;
import java.sql.SQLException;
import java.time.Duration;

/** Poolwright's Engine as it comes. */
class EngineRival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException {
        // Asked to keep nothing, it would open and close each time: then it keeps what it does by itself.
        int size = shape.min() == 0 ? Math.min(5, shape.max()) : shape.min();
        Engine engine = configured(Engine.builder(shape.url())
                        .size(size)
                        .overflow(shape.max() - size)
                        .checkoutTimeout(Duration.ofMillis(shape.timeoutOr30Seconds())))
                .build();
        return Rival.filled(Source.of(engine, engine), shape);
    }

    EngineBuilder configured(EngineBuilder builder) {
        return builder;
    }
}
