package dev.poolwright.bench.report;

/**
 * One column of numbers.
 *
 * @param name     what is counted, and its unit
 * @param better   which way is better
 * @param decimals digits behind the point in print
 */
public record Figure(String name, Better better, int decimals) {

    /** Which way is better. */
    public enum Better {
        /** The more, the better. */
        MORE,
        /** The less, the better. */
        LESS
    }

    /** The more, the better. */
    public static Figure more(String name, int decimals) {
        return new Figure(name, Better.MORE, decimals);
    }

    /** The less, the better. */
    public static Figure less(String name, int decimals) {
        return new Figure(name, Better.LESS, decimals);
    }
}
