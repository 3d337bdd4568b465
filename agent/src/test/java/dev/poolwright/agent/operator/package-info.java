/** What an operator does, done: real JVMs, a real command line, real attach. */
package dev.poolwright.agent.operator;
