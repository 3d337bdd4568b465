/**
 * What an operator can see and change in a running JVM, as text or JSON; {@code control.request} and {@code control.jmx} are the
 * ways in. Loaded when somebody asks. Start at {@link dev.poolwright.control.Views}.
 */
package dev.poolwright.control;
