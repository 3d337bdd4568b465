/**
 * What a borrow costs: the same cycles over the plain driver, HikariCP and Agroal. Never shipped. Start at {@link
 * dev.poolwright.bench.Report}, which runs everything and prints one table; a pool joins in {@link
 * dev.poolwright.bench.Contestant}.
 */
package dev.poolwright.bench;
