/**
 * The SDK of our own, for a JVM in which nobody else traces: what the standard {@code otel.*} settings ask for, the SDK
 * built from them as an instance that is never global, what became of what it exported, and its log lines kept from the
 * application's. Uses {@code otel.http} and {@code otel.console}. Start at
 * {@link dev.poolwright.otel.sdk.PrivateSdk}.
 */
package dev.poolwright.otel.sdk;
