/**
 * What the page shows and nobody else counts: how long waits and commits took, slow flushes, the stacks of leaks. Loaded only where
 * there is a page. Start at {@link dev.poolwright.gate.figures.Figures}.
 */
package dev.poolwright.gate.figures;
