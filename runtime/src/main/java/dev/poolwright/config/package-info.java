/**
 * Every setting and the values in force: {@link dev.poolwright.config.Setting} says what can be set, {@link
 * dev.poolwright.config.Settings} what was. Uses nothing else of ours. Runs before the application's first line, so it
 * has no lambdas, streams or regular expressions. Start at {@code Setting}.
 */
package dev.poolwright.config;
