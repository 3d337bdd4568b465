/**
 * Drivers' data sources: which classes there are, and what one is configured with at the moment of a call. Knows the
 * engine's keys; nothing of the gate. A driver is added in {@link dev.poolwright.gate.source.KnownSources}; start
 * reading there.
 */
package dev.poolwright.gate.source;
