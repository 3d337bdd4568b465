package dev.poolwright.bench.contention;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a thread does with its connection.
 *
 * @param micros how long, in microseconds
 * @param busy   whether it computes, otherwise it waits for a server
 */
record Hold(int micros, boolean busy) {

    static Hold parked(int micros) {
        return new Hold(micros, false);
    }

    static Hold busy(int micros) {
        return new Hold(micros, true);
    }

    /** Does it. */
    void run() {
        long nanos = TimeUnit.MICROSECONDS.toNanos(micros);
        if (!busy) {
            LockSupport.parkNanos(nanos);
            return;
        }
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    double millis() {
        return micros / 1e3;
    }

    @Override
    public String toString() {
        return (micros >= 1_000 ? micros / 1_000 + " ms " : micros + " us ") + (busy ? "busy" : "parked");
    }
}
