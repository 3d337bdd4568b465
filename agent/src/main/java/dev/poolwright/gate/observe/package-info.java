/**
 * Watches, without touching them, the connections that other pools take and hand out: has the classes of those it meets
 * woven, and brings together what woven code says of them. Made when the first pool is at work. Start at
 * {@link dev.poolwright.gate.observe.Observation}.
 */
package dev.poolwright.gate.observe;
