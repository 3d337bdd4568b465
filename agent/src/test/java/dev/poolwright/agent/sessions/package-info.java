/** What is seen of the sessions of other people's libraries, each version of which is run as an application has it. */
package dev.poolwright.agent.sessions;
