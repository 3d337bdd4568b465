/**
 * What lending costs where nobody waits, or hardly: JMH benchmarks of a connection, a statement, a query and a transaction.
 * {@link dev.poolwright.bench.cycles.CycleRun} runs one of them for one rival.
 */
package dev.poolwright.bench.cycles;
