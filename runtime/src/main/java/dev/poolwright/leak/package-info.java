/**
 * Who holds what since when, from which line: {@link dev.poolwright.leak.Reclaimable} is a thing that is lent,
 * {@link dev.poolwright.leak.LeakWatch} finds the ones whose holder nobody can reach any longer, and
 * {@link dev.poolwright.leak.Origin} names the line that took it. Uses {@code time} and {@code event}. Start at
 * {@code LeakWatch}, which has the protocol.
 */
package dev.poolwright.leak;
