/**
 * Hands out resources and takes them back, and knows nothing of JDBC: {@link dev.poolwright.pool.QueuePool} keeps them,
 * {@link dev.poolwright.pool.NullPool} does not. What the pool wants of the outside is {@link
 * dev.poolwright.pool.Lifecycle}. Uses {@code time}, {@code event} and {@code leak}. Start at {@code Pool}, then the
 * invariants in {@code QueuePool}; the arguments are in {@code docs/concurrency.md}.
 */
package dev.poolwright.pool;
