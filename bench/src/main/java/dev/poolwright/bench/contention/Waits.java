package dev.poolwright.bench.contention;

import java.util.Arrays;
import java.util.List;

/** How long one thread waited each time, in nanoseconds; joined and sorted to be looked at. Not thread-safe. */
final class Waits {

    private long[] nanos = new long[256];
    private int count;

    void add(long waited) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = waited;
    }

    int count() {
        return count;
    }

    static Waits joined(List<Waits> all) {
        Waits joined = new Waits();
        joined.nanos = new long[all.stream().mapToInt(Waits::count).sum()];
        for (Waits each : all) {
            System.arraycopy(each.nanos, 0, joined.nanos, joined.count, each.count);
            joined.count += each.count;
        }
        Arrays.sort(joined.nanos);
        return joined;
    }

    /** Of joined ones: the wait that {@code part} of all do not exceed, in milliseconds; 1 = the longest. */
    double[] millisAt(double part) {
        return new double[] {count == 0 ? Double.NaN : nanos[(int) Math.min(count - 1L, (long) (part * count))] / 1e6};
    }
}
