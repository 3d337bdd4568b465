/**
 * Sends OTLP requests with the JDK's {@code HttpURLConnection}, so that no HTTP client has to be shipped and Java 8 is
 * enough. Uses the SDK's sender interface and {@code dev.poolwright.time}. Start at
 * {@link dev.poolwright.otel.http.UrlSenders}.
 */
package dev.poolwright.otel.http;
