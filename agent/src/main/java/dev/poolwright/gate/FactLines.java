package dev.poolwright.gate;

import java.util.function.Consumer;

/** Writes what an engine reports, nested check-outs for one, as one line each. */
final class FactLines implements Consumer<Object> {

    private final GateLog log;
    private final boolean warns;

    /** @param warns whether the operator is to see it even without a log file: what differs from how it was without us */
    FactLines(GateLog log, boolean warns) {
        this.log = log;
        this.warns = warns;
    }

    @Override
    public void accept(Object fact) {
        if (warns) {
            log.warn(fact.toString());
        } else {
            log.info(fact.toString());
        }
    }
}
