/**
 * Commits, flushes, pools and leaks as OpenTelemetry: where it goes is decided once, by
 * {@link dev.poolwright.otel.Exporter}, which is where to start reading. {@code settings} says what was asked for,
 * {@code signal} makes the telemetry, {@code sdk}, {@code http} and {@code console} export it where nobody else does.
 */
package dev.poolwright.otel;
