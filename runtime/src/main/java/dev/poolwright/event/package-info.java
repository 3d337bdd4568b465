/**
 * What happened, told to whoever listens: {@link dev.poolwright.event.EngineListener} and its value types, without behaviour of their own. Start at {@code EngineListener}.
 */
package dev.poolwright.event;
