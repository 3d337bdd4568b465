/**
 * The only place that reads a clock: {@link dev.poolwright.time.Ticker} and what is counted with it. Uses nothing else. Start at {@code Ticker}.
 */
package dev.poolwright.time;
