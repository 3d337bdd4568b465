package dev.poolwright.config;

/** Where spans and metrics go. */
public enum Exporter {
    /** OTLP over HTTP when OpenTelemetry's settings name an endpoint, else nowhere. */
    AUTO,
    /** OTLP over HTTP, to OpenTelemetry's default endpoint if none is named. */
    OTLP,
    /** Standard output, for a look. */
    CONSOLE,
    /** Nowhere. */
    NONE
}
