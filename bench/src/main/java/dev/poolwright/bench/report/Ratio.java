package dev.poolwright.bench.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How many times better one is than another, by their medians, with the bounds between which 95 of 100 such comparisons
 * lie that draw their values anew from those that were measured. With fewer than three values of each there are no bounds.
 *
 * @param value 1 = alike
 * @param low   lower bound, or not a number
 * @param high  upper bound, or not a number
 */
public record Ratio(double value, double low, double high) {

    private static final int DRAWS = 2_000;
    private static final int ENOUGH = 3;

    /** Of {@code mine} to {@code theirs}. */
    public static Ratio of(double[] mine, double[] theirs, Figure.Better better) {
        double value = ratio(median(mine), median(theirs), better);
        if (mine.length < ENOUGH || theirs.length < ENOUGH) {
            return new Ratio(value, Double.NaN, Double.NaN);
        }
        Random random = new Random(1); // the same numbers give the same bounds
        double[] drawn = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            drawn[i] = ratio(median(draw(mine, random)), median(draw(theirs, random)), better);
        }
        Arrays.sort(drawn);
        return new Ratio(value, drawn[DRAWS / 40], drawn[DRAWS - 1 - DRAWS / 40]);
    }

    /** The middle one, or the mean of the two in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double ratio(double mine, double theirs, Figure.Better better) {
        return better == Figure.Better.MORE ? mine / theirs : theirs / mine;
    }

    private static double[] draw(double[] values, Random random) {
        double[] drawn = new double[values.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = values[random.nextInt(values.length)];
        }
        return drawn;
    }

    @Override
    public String toString() {
        return Double.isNaN(low)
                ? String.format(Locale.ROOT, "%.2f", value)
                : String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", value, low, high);
    }
}
