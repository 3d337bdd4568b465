/** Every way an application can come to a connection, in JVMs of their own. */
package dev.poolwright.agent.ways;
