/** The agent under applications that pool already. */
package dev.poolwright.agent.pools;
