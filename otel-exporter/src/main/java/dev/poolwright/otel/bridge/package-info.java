/**
 * The application's own OpenTelemetry, where it has one: found, and spoken to in the version it has, without holding it.
 * Loads no OpenTelemetry class of ours. Start at {@link dev.poolwright.otel.bridge.BridgedListener}.
 */
package dev.poolwright.otel.bridge;
