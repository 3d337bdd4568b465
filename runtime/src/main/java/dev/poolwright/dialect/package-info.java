/**
 * What differs per database: which URLs may be pooled, how a transaction ends on close, which errors mean a dead
 * connection, how a driver says "closed", how a session is made new again. Uses {@code java.sql} and {@code sql} only.
 * Start at {@link dev.poolwright.dialect.Dialect}.
 */
package dev.poolwright.dialect;
