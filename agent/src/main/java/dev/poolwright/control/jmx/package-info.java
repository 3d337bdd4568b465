/**
 * The engines as MBeans. Nothing in here is loaded before somebody else has made the platform's MBean server, or an operator asks:
 * an agent that makes it too early keeps application servers from booting. Start at {@link
 * dev.poolwright.control.jmx.Registration}.
 */
package dev.poolwright.control.jmx;
