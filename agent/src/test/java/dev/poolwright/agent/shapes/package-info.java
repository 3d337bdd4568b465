/**
 * The agent under applications of every shape: fat jars, web applications, bundles, modules, and JVMs in which others
 * have a say too.
 */
package dev.poolwright.agent.shapes;
