package dev.poolwright.gate;

import dev.poolwright.engine.LeakText;
import dev.poolwright.event.Leak;
import java.util.function.Consumer;

/** Writes each leak as one line for the operator. */
final class LeakLines implements Consumer<Leak> {

    private final GateLog log;

    LeakLines(GateLog log) {
        this.log = log;
    }

    @Override
    public void accept(Leak leak) {
        log.warn(LeakText.of(leak));
    }
}
