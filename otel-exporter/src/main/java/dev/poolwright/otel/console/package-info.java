/**
 * Exporters for a look with the eyes: one readable line per span, metric point and log record. Use the SDK's exporter
 * interfaces only and write to a given sink. Start at {@link dev.poolwright.otel.console.ConsoleSpans}.
 */
package dev.poolwright.otel.console;
