/**
 * How an operator's commands come into this JVM: files in a folder of the process that asks, and a thread that answers them.
 * Start at {@link dev.poolwright.control.request.Commands}.
 */
package dev.poolwright.control.request;
