/**
 * What pooling would have done, where nothing is pooled. Uses {@code event} and {@code time}. Start at {@code Forecast}.
 */
package dev.poolwright.forecast;
