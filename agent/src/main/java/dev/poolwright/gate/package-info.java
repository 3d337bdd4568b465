/**
 * What happens behind the hook: which calls of the application are served by which engine, and who hears of it. Knows
 * the runtime, the exporter and {@code java.sql.PoolwrightHook}; nothing of weaving. Start at {@link
 * dev.poolwright.gate.Gate}.
 */
package dev.poolwright.gate;
