/**
 * What other pools hand out, seen without being touched: which database a connection leads to, when its transactions end,
 * and what was never given back. Knows no pool; is told by whoever weaves. Start at
 * {@link dev.poolwright.engine.observed.ObservedConnections}, then {@link dev.poolwright.engine.observed.HandOuts}.
 */
package dev.poolwright.engine.observed;
