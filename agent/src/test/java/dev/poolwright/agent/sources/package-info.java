/** Data sources of the drivers, in programs on real databases. */
package dev.poolwright.agent.sources;
