/**
 * Makes a session that SQL text has changed new again, one class per protocol. Uses what is known of drivers' code, and
 * nothing else of ours. Start at {@link dev.poolwright.dialect.clean.SessionCleaner}.
 */
package dev.poolwright.dialect.clean;
