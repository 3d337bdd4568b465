package dev.poolwright.gate;

import dev.poolwright.event.NestedCheckout;
import java.util.function.Consumer;

/** Writes each nested check-out that an engine reports as one line for the operator. */
final class NestedLines implements Consumer<NestedCheckout> {

    private final GateLog log;

    NestedLines(GateLog log) {
        this.log = log;
    }

    @Override
    public void accept(NestedCheckout nested) {
        log.warn(nested.toString());
    }
}
