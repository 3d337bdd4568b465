package dev.poolwright.bench.contention;

import java.util.List;

/** All scenarios, in the order in which they are run. */
final class Scenarios {

    private Scenarios() {}

    /** @param full whether for numbers to quote, otherwise for a look */
    static List<Scenario> all(boolean full) {
        int seconds = full ? 4 : 2;
        return List.of(
                new Batches(Batches.Cycle.CONNECTION),
                new Batches(Batches.Cycle.QUERY),
                new Batches(Batches.Cycle.TRANSACTION),
                new Contention(50, 10, Hold.parked(100), seconds),
                new Contention(50, 10, Hold.busy(100), seconds),
                new Contention(200, 10, Hold.parked(100), seconds),
                new Contention(50, 10, Hold.parked(1_000), seconds),
                new Contention(200, 10, Hold.parked(1_000), seconds),
                new Spike(full ? 10 : 3),
                new Ramp(0, full ? 10 : 4),
                new Ramp(5, full ? 10 : 4),
                new Ramp(50, full ? 10 : 4),
                new Overload(full ? 4 : 2),
                new VirtualThreads(full ? 10_000 : 2_000, false),
                new VirtualThreads(full ? 10_000 : 2_000, true),
                new LostWakeUps(full ? 60_000 : 10_000),
                new LostDemand(full ? 65 : 10),
                new Footprint());
    }
}
