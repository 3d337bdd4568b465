/**
 * Pools of one resource: {@link dev.poolwright.pool.single.StaticPool}, which all share in turn, and {@link
 * dev.poolwright.pool.single.AssertionPool}, which refuses a second borrower. Both are a {@code QueuePool} of one inside.
 * Uses {@code pool} and {@code pool.queue}. Loaded only where one of them is chosen.
 */
package dev.poolwright.pool.single;
