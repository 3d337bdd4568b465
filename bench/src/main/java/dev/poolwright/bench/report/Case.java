package dev.poolwright.bench.report;

import java.util.List;
import java.util.Map;

/** Something that is measured for one rival after the other. */
public interface Case {

    /** What is measured, in a word, to be chosen by. */
    String subject();

    /** Under which circumstances; with the subject, unique. */
    String setting();

    /** What comes of it; of the first one ratios are printed. */
    List<Figure> figures();

    /** What a perfect pool would reach, or nothing. */
    default String ideal() {
        return "";
    }

    /** Measures {@code rival} in a JVM of its own: one or more values of each figure. */
    Map<String, double[]> measure(String rival) throws Exception;
}
