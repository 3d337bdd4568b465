package dev.poolwright.bench.contention;

import dev.poolwright.bench.report.Figure;
import java.util.List;
import java.util.Map;

/** Something that happens to a pool. */
interface Scenario {

    /** In a word, to be chosen by. */
    String subject();

    /** Under which circumstances; with the subject, unique. */
    String setting();

    /** What comes of it; the first is what is compared. */
    List<Figure> figures();

    /** What a perfect pool would reach. */
    String ideal();

    /** Has it happen to {@code rival}, in this JVM; one or more values of each figure. */
    Map<String, double[]> run(String rival) throws Exception;

    /** What its JVM is started with. */
    default List<String> jvmArguments() {
        return List.of();
    }

    /** The Java version it needs. */
    default int needsJava() {
        return 17;
    }
}
