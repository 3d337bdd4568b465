/**
 * What SQL text leaves on a session is gone for the next borrower, on real servers: engines of this JVM against connections
 * that the driver has just opened.
 */
package dev.poolwright.agent.clean;
