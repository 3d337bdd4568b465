/**
 * What the exporter is told and what follows from it; loads no OpenTelemetry class, so that finding out that nothing is
 * to be exported costs nothing. Start at {@link dev.poolwright.otel.settings.ExporterSettings}.
 */
package dev.poolwright.otel.settings;
