/**
 * {@code java -jar poolwright.jar}: finds JVMs, attaches to one of them, asks {@link dev.poolwright.control.request.Commands} in it and
 * shows the answer. Runs in a JVM of its own and uses nothing of what runs in the other. Start at {@link
 * dev.poolwright.cli.CommandLine}.
 */
package dev.poolwright.cli;
