/**
 * Generates, per driver class and on the running JVM, the final class that implements a handle's interfaces: guard the
 * call, delegate, look at what comes back. Uses the hand-written bases in {@code jdbc}, which know nothing of it, and
 * {@code classfile}. Start at {@link dev.poolwright.jdbc.generate.HandleClasses}, then {@link
 * dev.poolwright.jdbc.generate.DelegatingMethod}.
 */
package dev.poolwright.jdbc.generate;
