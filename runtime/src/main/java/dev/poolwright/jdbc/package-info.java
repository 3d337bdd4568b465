/**
 * Handles: what an application holds instead of the driver's objects, and what makes a connection that was used look
 * new again. The hand-written classes here carry the methods that mean something; {@code
 * jdbc.generate} makes, per driver class, the final class that implements everything else.
 * Uses {@code pool}, {@code leak}, {@code dialect}, {@code event}, {@code time}. Start at {@link
 * dev.poolwright.jdbc.ConnectionHandle}, then {@link dev.poolwright.jdbc.CallGuard} for why a closed handle can never
 * reach the next borrower.
 */
package dev.poolwright.jdbc;
