package dev.poolwright.gate.figures;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something took how long, in steps of two. Any thread; who adds waits for nobody, and who reads while others add may
 * miss the newest.
 */
public final class Latencies {

    /** Below 1 us, below 2, 4 .. 2^25 us, which is half a minute; the last is all above. */
    public static final int STEPS = 27;

    private final LongAdder[] counts = new LongAdder[STEPS];
    private final AtomicLong slowest = new AtomicLong();

    Latencies() {
        for (int i = 0; i < STEPS; i++) {
            counts[i] = new LongAdder();
        }
    }

    void add(long nanos) {
        counts[step(nanos)].increment();
        long most = slowest.get();
        while (nanos > most && !slowest.compareAndSet(most, nanos)) {
            most = slowest.get();
        }
    }

    /** Step {@code i} is below 2^i microseconds, and not below half of that. */
    static int step(long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
        return Math.min(STEPS - 1, Long.SIZE - Long.numberOfLeadingZeros(micros));
    }

    /** How often each step was seen. */
    public long[] counts() {
        long[] now = new long[STEPS];
        for (int i = 0; i < STEPS; i++) {
            now[i] = counts[i].sum();
        }
        return now;
    }

    /** In nanoseconds; 0 = there was none. */
    public long slowestNanos() {
        return slowest.get();
    }

    /**
     * What so large a part did not take longer than, in microseconds, a power of two; 0 where nothing was counted, -1 where it
     * took longer than is told apart.
     *
     * @param counts as told by {@link #counts}
     * @param part   0.99 for 99 of 100
     */
    public static long quantileMicros(long[] counts, double part) {
        long all = 0;
        for (long each : counts) {
            all += each;
        }
        if (all == 0) {
            return 0;
        }
        long rank = (long) Math.ceil(all * part);
        long seen = 0;
        for (int i = 0; i < STEPS - 1; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return 1L << i;
            }
        }
        return -1;
    }
}
