package dev.poolwright.bench.report;

import java.util.Map;

/**
 * One measurement of one rival.
 *
 * @param of      what was measured
 * @param rival   of whom
 * @param round   0 = the first
 * @param foreign how many processors were busy with something else meanwhile
 * @param values  by name of the figure
 */
public record Sample(Case of, String rival, int round, double foreign, Map<String, double[]> values) {}
