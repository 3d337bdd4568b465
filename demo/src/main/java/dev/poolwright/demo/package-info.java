/**
 * The demo's launcher: runs the legacy application without and with the agent and says what changed. Knows the
 * application only by its command line, its output and its database, and the agent only by its jar, its telemetry and
 * its lines on stderr. Start reading at {@link dev.poolwright.demo.Demo}.
 */
package dev.poolwright.demo;
