/**
 * What happened, turned into OpenTelemetry spans, metrics and log records through the API alone; it neither knows nor
 * starts an SDK. Start at {@link dev.poolwright.otel.signal.TelemetryListener}.
 */
package dev.poolwright.otel.signal;
