/**
 * Hands out resources and takes them back, and knows nothing of JDBC: what a {@link dev.poolwright.pool.Pool} promises,
 * and the {@link dev.poolwright.pool.Slot} it hands out. {@link dev.poolwright.pool.NullPool} keeps nothing; the pool that
 * does is in {@code pool.queue}, those of one resource are in {@code pool.single}. What a pool wants of the outside is {@link dev.poolwright.pool.Lifecycle}. Uses {@code
 * time}, {@code event}, {@code leak} and {@code house}. Start at {@code Pool}.
 */
package dev.poolwright.pool;
