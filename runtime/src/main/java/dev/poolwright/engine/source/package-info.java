/**
 * Where the connections of an engine come from: a URL, a driver, a data source; and what is known of the database before the
 * first one is open. Uses {@code dialect} and {@code leak}. Start at {@link dev.poolwright.engine.source.Source}.
 */
package dev.poolwright.engine.source;
