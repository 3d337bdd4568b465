/**
 * The Java agent: how it gets into a JVM without being noticed, and the gate between woven code and the engines.
 *
 * <p>{@link dev.poolwright.agent.Agent} and {@link dev.poolwright.agent.AgentLoader} are the only classes the
 * application's class path can see; everything else runs in that isolated loader. Up to the first JDBC class the
 * application loads, no class here may touch {@code java.sql}, and no code that runs in premain may load
 * {@code java.util.logging}, {@code java.lang.management}, {@code java.nio.file} or OpenTelemetry, nor use a lambda.
 * Start reading at {@link dev.poolwright.agent.AgentStart}.
 */
package dev.poolwright.agent;
