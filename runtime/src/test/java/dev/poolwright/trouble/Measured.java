package dev.poolwright.trouble;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Figures of which one alone says nothing. */
final class Measured {

    private Measured() {}

    static Duration median(List<Duration> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
