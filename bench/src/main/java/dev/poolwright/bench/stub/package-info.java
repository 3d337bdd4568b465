/**
 * A JDBC driver that does nothing at once, so that what is measured is the pool; only connecting takes as long as it is
 * told to. Start at {@link dev.poolwright.bench.stub.StubDriver}.
 */
package dev.poolwright.bench.stub;
