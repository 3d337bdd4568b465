/**
 * Receives OpenTelemetry's OTLP over HTTP and keeps what the demo wants to know. Uses the JDK
 * only; the tests send what the published protocol classes encode. Start reading at {@link dev.poolwright.demo.otlp.OtlpReceiver}.
 */
package dev.poolwright.demo.otlp;
