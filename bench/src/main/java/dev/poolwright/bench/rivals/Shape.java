package dev.poolwright.bench.rivals;

import dev.poolwright.bench.stub.StubDriver;

/**
 * What a pool is asked to be.
 *
 * @param min           connections it keeps, open before it is measured; 0 = it opens as it is asked
 * @param max           most connections
 * @param connectMicros how long the driver takes to connect, in microseconds
 * @param timeoutMillis how long a borrow may wait; 0 = the pool's own default
 */
public record Shape(int min, int max, long connectMicros, long timeoutMillis) {

    /** As many connections as ever, open, for a driver that connects at once. */
    public static Shape fixed(int connections) {
        return new Shape(connections, connections, 0, 0);
    }

    /** The stub driver's URL. */
    public String url() {
        return StubDriver.url(connectMicros);
    }

    /** {@link #timeoutMillis}, or what most pools have. */
    public long timeoutOr30Seconds() {
        return timeoutMillis == 0 ? 30_000 : timeoutMillis;
    }
}
