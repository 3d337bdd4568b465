/**
 * What an application sees with the agent, compared with what it sees without: programs of {@code com.acme} in forked
 * JVMs, on real databases. Start at {@link dev.poolwright.agent.behaviour.SideBySide}.
 */
package dev.poolwright.agent.behaviour;
