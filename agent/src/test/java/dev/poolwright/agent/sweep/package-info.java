/**
 * Every method of every JDBC interface, called without the agent and with it on each database: what differs must be in
 * {@link dev.poolwright.agent.sweep.IntendedDifferences}. Start with {@link dev.poolwright.agent.sweep.SweepIT}; the
 * program that makes the calls is {@code com.acme.sweep}.
 */
package dev.poolwright.agent.sweep;
