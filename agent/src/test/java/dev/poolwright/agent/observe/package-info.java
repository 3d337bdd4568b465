/** What the agent says where it only observes. */
package dev.poolwright.agent.observe;
