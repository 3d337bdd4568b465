/** What a JVM's start costs with and without the agent: {@link dev.poolwright.bench.startup.Startup}. */
package dev.poolwright.bench.startup;
