/**
 * Puts pool, dialect and handles together: an {@link dev.poolwright.engine.Engine} is what an application that knows us
 * uses, {@link dev.poolwright.engine.Engines} is what an agent uses for applications that do not. May use every other
 * package of the runtime. Start at {@code Engine}.
 */
package dev.poolwright.engine;
