package dev.poolwright.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many processors are busy with what is neither this process nor a child of it that has ended: what tells a quiet
 * measurement from one that means little. Linux only; elsewhere not a number.
 */
public final class ForeignLoad {

    private static final double NANOS_PER_TICK = 1e7; // USER_HZ is 100 wherever Java runs on Linux

    private final long beganNanos = System.nanoTime();
    private final double foreignTicks = foreignTicks();

    /** Since this object was made. */
    public double processors() {
        double nanos = (foreignTicks() - foreignTicks) * NANOS_PER_TICK;
        return Math.max(0, nanos / (System.nanoTime() - beganNanos));
    }

    private static double foreignTicks() {
        try {
            String[] all =
                    Files.readString(Path.of("/proc/stat")).split("\n", 2)[0].split(" +", -1);
            long busy = 0;
            for (int i = 1; i < all.length && i <= 8; i++) {
                busy += i == 4 || i == 5 ? 0 : Long.parseLong(all[i]); // but idle and waiting for a disk
            }
            String mine = Files.readString(Path.of("/proc/self/stat"));
            String[] own = mine.substring(mine.lastIndexOf(')') + 2).split(" ", -1);
            for (int i = 11; i <= 14; i++) {
                busy -= Long.parseLong(own[i]);
            }
            return busy;
        } catch (IOException | RuntimeException untold) {
            return Double.NaN;
        }
    }
}
