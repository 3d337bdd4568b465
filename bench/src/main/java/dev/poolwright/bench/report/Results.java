package dev.poolwright.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** All samples of a run. */
public final class Results {

    private final List<Sample> samples = new ArrayList<>();

    /** Adds one. */
    public void add(Sample sample) {
        samples.add(sample);
    }

    /** All, in the order in which they were taken. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** The rivals that were measured, in the order in which they were. */
    List<String> rivals(Case of) {
        return samples.stream()
                .filter(sample -> sample.of() == of)
                .map(Sample::rival)
                .distinct()
                .toList();
    }

    /** The cases that were measured. */
    List<Case> cases() {
        Map<Case, Boolean> seen = new LinkedHashMap<>();
        samples.forEach(sample -> seen.put(sample.of(), true));
        return List.copyOf(seen.keySet());
    }

    /** All values of all rounds; empty if there are none. */
    double[] values(Case of, String rival, Figure figure) {
        return samples.stream()
                .filter(sample -> sample.of() == of && sample.rival().equals(rival))
                .map(sample -> sample.values().get(figure.name()))
                .flatMapToDouble(values -> values == null ? DoubleStream.empty() : DoubleStream.of(values))
                .toArray();
    }

    /** Processors busy with something else, at the worst. */
    double foreign(Case of, String rival) {
        return samples.stream()
                .filter(sample -> sample.of() == of && sample.rival().equals(rival))
                .mapToDouble(Sample::foreign)
                .max()
                .orElse(Double.NaN);
    }
}
