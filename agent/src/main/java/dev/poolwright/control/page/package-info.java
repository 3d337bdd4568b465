/**
 * The page for people: a port on loopback, a document without anything from outside, the state as JSON, and a few operations.
 * Loaded where {@code console} is set, with the first engine or session. Start at {@link dev.poolwright.control.page.Console}.
 */
package dev.poolwright.control.page;
