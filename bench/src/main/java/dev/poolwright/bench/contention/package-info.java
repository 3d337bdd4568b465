/**
 * What happens where connections are short, are being opened, or lie idle: scenarios with a clock of their own, each run in
 * a JVM of its own by {@link dev.poolwright.bench.contention.ScenarioRun}. A new one joins in {@link
 * dev.poolwright.bench.contention.Scenarios}.
 */
package dev.poolwright.bench.contention;
