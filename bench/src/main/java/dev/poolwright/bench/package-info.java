/**
 * What borrowing costs, beside other pools and beside the least it could cost. Never shipped. Start at {@link
 * dev.poolwright.bench.Bench}; what is measured is listed in {@link dev.poolwright.bench.Plan}; how to read it is in {@code
 * bench/README.md}.
 */
package dev.poolwright.bench;
