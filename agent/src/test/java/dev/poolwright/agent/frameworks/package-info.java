/** Well-known libraries do with the agent what they do without. */
package dev.poolwright.agent.frameworks;
