/**
 * Reads SQL text as far as needed to know what it may leave on its session: a tokenizer and a few rules, no parser. What
 * it does not understand counts as changing everything. Uses nothing of ours; what differs per database is in {@code
 * database}. Start at {@link dev.poolwright.sql.Verdicts}, then {@link dev.poolwright.sql.Reading}.
 */
package dev.poolwright.sql;
