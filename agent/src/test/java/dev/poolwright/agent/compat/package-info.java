/**
 * The differential harness: {@link com.acme.compat.Application} plain and under the agent on every database, compared
 * line by line. What may differ is listed, with the reason, in {@link dev.poolwright.agent.compat.Differences}; the page
 * docs/compatibility.md is written from here.
 */
package dev.poolwright.agent.compat;
