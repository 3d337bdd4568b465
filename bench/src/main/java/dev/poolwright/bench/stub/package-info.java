/**
 * A JDBC driver that does nothing at once, so that what is measured is the pool. Start at {@link
 * dev.poolwright.bench.stub.StubDriver}.
 */
package dev.poolwright.bench.stub;
