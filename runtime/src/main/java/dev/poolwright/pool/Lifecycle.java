package dev.poolwright.pool;

/**
 * What a pool asks of the outside. Every method may block; the pool calls them with no lock held, from any thread.
 *
 * @param <R> the resource
 */
public interface Lifecycle<R> {

    /**
     * Opens a resource. Only called by {@link Pool#checkOut}, never by {@link Pool#acquire}.
     *
     * @throws Exception whatever it fails with; the caller gets it unchanged
     */
    R open() throws Exception;

    /** Whether the resource still works; asked after it was idle for a while. Must not throw. */
    boolean isAlive(R resource);

    /** Closes the resource, rolling back what is open on it. Must not throw. */
    void close(R resource);
}
