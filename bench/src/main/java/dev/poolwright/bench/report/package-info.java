/**
 * What becomes of the numbers: {@link dev.poolwright.bench.report.Case} is what is measured, a {@link
 * dev.poolwright.bench.report.Sample} one measurement of it, the {@link dev.poolwright.bench.report.Table} what is printed, the
 * {@link dev.poolwright.bench.report.ResultFile} what is kept.
 */
package dev.poolwright.bench.report;
