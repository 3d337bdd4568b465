/**
 * The pool that keeps what it opened: {@link dev.poolwright.pool.queue.QueuePool} and its parts, one for each question.
 * Who gets the next slot ({@code Exchange}, {@code Waiters}), whether to open one more ({@code Growth}, {@code
 * ReturnRate}), which idle one to close ({@code Expiry}). Uses {@code pool}, {@code house}, {@code leak}, {@code event} and
 * {@code time}. Start at the invariants in {@code QueuePool}; the arguments are in {@code docs/concurrency.md}.
 */
package dev.poolwright.pool.queue;
